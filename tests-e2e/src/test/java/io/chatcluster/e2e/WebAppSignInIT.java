package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.TestChat;
import org.assertj.core.api.Assertions;
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

    @Test
    void shouldSayWhatToDoWhereTheScriptDidNotCome() {
        // Given
        Page page = CHROMIUM.window();
        page.route("**/*.js", route -> route.abort("connectionreset"));

        // When
        page.navigate(chat.serviceAddress().toString());

        // Then
        assertThat(page.locator("main")).isVisible();
        assertThat(page.locator("main")).hasText("Loading… If nothing appears, reload this page.");

        // When
        page.unroute("**/*.js");
        page.click("main a");

        // Then
        assertThat(page.locator("#token")).isVisible();
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }
}
