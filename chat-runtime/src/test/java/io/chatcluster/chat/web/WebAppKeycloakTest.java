package io.chatcluster.chat.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signs in on the page at a real identity provider, under the page's own Content-Security-Policy. */
@Tag("keycloak")
@QuarkusTest
@QuarkusTestResource(value = RealIdentityProvider.class, restrictToAnnotatedClass = true)
class WebAppKeycloakTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final double REFRESHED_MILLIS = Duration.ofMinutes(2).toMillis();

    @TestHTTPResource("/")
    URI service = URI.create("unset");

    @Test
    void shouldLetTwoPeopleWithAccountsTalk() {
        // Given
        Page first = CHROMIUM.window();
        first.navigate(service.toString());
        signIn(first, "alice", "wonderland");
        assertThat(first.locator("#me")).hasText("alice");
        Person alice = new Person("alice", first);

        // When
        Page second = CHROMIUM.window();
        second.navigate(first.inputValue(".invite-link"));
        assertThat(second.locator("#login")).containsText("alice invites you to talk");
        signIn(second, "bob", "builder");

        // Then
        assertThat(second.locator("#title")).hasText("alice");
        Person bob = new Person("bob", second);
        bob.says("Hello, Alice");
        alice.opensChat("bob");
        alice.sees("Hello, Alice");
        second.reload();
        bob.sees("Hello, Alice");
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    @Test
    void shouldStaySignedInWithFreshTokensUntilThePersonLeaves() {
        // Given
        Page page = CHROMIUM.window();
        page.navigate(service.toString());
        signIn(page, "alice", "wonderland");
        assertThat(page.locator("#me")).hasText("alice");

        // When
        page.waitForRequest(
                request -> request.postData() != null && request.postData().contains("grant_type=refresh_token"),
                new Page.WaitForRequestOptions().setTimeout(REFRESHED_MILLIS),
                () -> {});

        // Then
        assertThat(page.locator("#state")).containsText("Connected");
        page.click("#profile-button");
        page.click("#logout");
        assertThat(page.locator("#login")).isVisible();
        page.click("#login button");
        assertThat(page.locator("#kc-login")).isVisible();
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }

    private static void signIn(Page page, String user, String password) {
        page.click("#login button");
        page.fill("#username", user);
        page.fill("#password", password);
        page.click("#kc-login");
    }
}
