package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.TestChat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where nothing is configured, people bring a token of their application. */
@OnTheSharedChat
class WebAppSignInIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private final TestChat chat = TestChat.shared();

    @Test
    void shouldSayWhyATokenIsRefused() {
        // Given
        Page page = CHROMIUM.window();
        page.navigate(chat.serviceAddress().toString());

        // When
        page.fill("#token", "not.a.token");
        page.click("#login button");

        // Then
        assertThat(page.locator("#login-error")).containsText("You are signed out");
        assertThat(page.locator("#token")).hasValue("");
    }

    @Test
    void shouldAskAgainByItselfUntilTheServiceAnswers() {
        // Given
        Page page = CHROMIUM.window();
        page.route("**/config.json", route -> route.abort("connectionrefused"), new Page.RouteOptions().setTimes(2));

        // When
        page.navigate(chat.serviceAddress().toString());

        // Then
        assertThat(page.locator("#unreachable")).isVisible();
        assertThat(page.locator("#token")).isVisible();
    }
}
