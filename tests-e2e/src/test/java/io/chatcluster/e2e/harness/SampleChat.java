package io.chatcluster.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The chat that {@code make up} brings up, where people sign in by a name that nobody has there yet. */
public final class SampleChat {
    private static final URI ADDRESS = printed();

    private SampleChat() {}

    /** What {@code make url} prints. */
    public static URI address() {
        return ADDRESS;
    }

    private static URI printed() {
        try {
            var make = new ProcessBuilder("make", "-s", "url")
                    .directory(Path.of("..").toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var address = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (make.waitFor() != 0) {
                throw new IllegalStateException("make url ended with " + make.exitValue());
            }
            return URI.create(address + "/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
