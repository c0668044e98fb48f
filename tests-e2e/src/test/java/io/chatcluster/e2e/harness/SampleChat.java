package io.chatcluster.e2e.harness;

import com.microsoft.playwright.Page;
import java.net.URI;

/** The chat that {@code make up} brings up, for one test, whose people have names that nobody has there yet. */
public final class SampleChat {
    private static final URI ADDRESS = URI.create(Make.prints("url") + "/");

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
}
