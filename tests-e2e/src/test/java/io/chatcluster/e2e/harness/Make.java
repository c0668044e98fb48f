package io.chatcluster.e2e.harness;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What {@code make} prints for other software to read. */
public final class Make {
    private Make() {}

    /** Asks again where it fails: another test may be restarting the API server. */
    public static String prints(String... words) {
        return await("make -s " + String.join(" ", words))
                .pollInSameThread()
                .atMost(TestChat.READY)
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> printed(words), printed -> !printed.isEmpty());
    }

    private static String printed(String... words) throws IOException, InterruptedException {
        var make = new ProcessBuilder(
                        Stream.concat(Stream.of("make", "-s"), Stream.of(words)).toList())
                .directory(Path.of("..").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var printed = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (make.waitFor() != 0) {
            throw new IllegalStateException("make " + String.join(" ", words) + " ended with " + make.exitValue());
        }
        return printed;
    }
}
