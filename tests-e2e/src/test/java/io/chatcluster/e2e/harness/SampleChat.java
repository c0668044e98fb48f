package io.chatcluster.e2e.harness;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The chat that {@code make up} brings up, for one test, whose people have names that nobody has there yet. */
public final class SampleChat {
    private static final URI ADDRESS = printed();

    private final FreshNames names = new FreshNames();

    /** What {@code make url} prints. */
    public URI address() {
        return ADDRESS;
    }

    /** Who is called so in this test. */
    public String user(String name) {
        return names.of(name);
    }

    /** Signs them in by name, which is all that this chat asks for. */
    public Person person(Page window, String name) {
        return Person.signedIn(window, ADDRESS, user(name));
    }

    /** Another test may be restarting the API server, without which the port is not known. */
    private static URI printed() {
        return await("make url")
                .pollInSameThread()
                .atMost(TestChat.READY)
                .until(SampleChat::print, address -> address.getPort() > 0);
    }

    private static URI print() throws IOException, InterruptedException {
        var make = new ProcessBuilder("make", "-s", "url")
                .directory(Path.of("..").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var address = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (make.waitFor() != 0) {
            throw new IllegalStateException("make url ended with " + make.exitValue());
        }
        return URI.create(address + "/");
    }
}
