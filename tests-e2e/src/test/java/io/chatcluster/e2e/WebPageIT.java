package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.chatcluster.e2e.harness.Browser;
import io.chatcluster.e2e.harness.TestChat;
import java.net.URI;
import java.util.ArrayList;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class WebPageIT {
    private static final String MARKUP = "<img src=x onerror=alert(1)> & <b>bold</b>";

    /** Pods are reached by address over plain HTTP here, where a browser does without this header and complains. */
    private static final String ON_PLAIN_HTTP = "The Cross-Origin-Opener-Policy header has been ignored";

    private final TestChat chat = TestChat.shared();

    @Test
    void shouldLetTwoPeopleTalkThroughDifferentPods() {
        // Given
        var run = UUID.randomUUID().toString().substring(0, 8);
        var alice = "alice-" + run;
        var bob = "bob-" + run;
        var pods = chat.addresses();
        var problems = new ArrayList<String>();
        try (var browser = Browser.open()) {
            var first = signedIn(browser, pods.get(0), alice, problems);
            var second = signedIn(browser, pods.get(1), bob, problems);

            // When
            first.click("#new-chat");
            first.fill("#new-direct input", bob);
            first.click("#new-direct button");
            say(first, "Hello, Bob");
            second.locator("#rooms button").first().click();
            assertThat(second.locator("#messages")).containsText("Hello, Bob");
            say(second, MARKUP);

            // Then
            assertThat(first.locator("#messages")).containsText(MARKUP);
            assertThat(first.locator("#messages img")).hasCount(0);
            Browser.picture(first, "conversation");
            Assertions.assertThat(problems).isEmpty();
        }
    }

    private Page signedIn(Browser browser, URI pod, String user, ArrayList<String> problems) {
        var page = browser.window();
        page.onPageError(problems::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith(ON_PLAIN_HTTP)) {
                problems.add(message.text());
            }
        });
        page.navigate(pod.toString());
        page.waitForSelector("#login");
        // Where the cluster lets people in by name, as the development one does, there is no field for a token.
        if (page.locator("#token").count() > 0) {
            page.fill("#token", chat.token(user));
        } else {
            page.fill("#name", user);
        }
        page.click("#login button");
        assertThat(page.locator("#me")).hasText(user);
        return page;
    }

    private static void say(Page page, String text) {
        page.fill("#text", text);
        page.click("#send");
    }
}
