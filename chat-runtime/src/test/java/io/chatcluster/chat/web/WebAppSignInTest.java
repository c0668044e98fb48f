package io.chatcluster.chat.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.chatcluster.chat.session.GeneratedKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class WebAppSignInTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @TestHTTPResource("/")
    URI service = URI.create("unset");

    private final String user = "dana-" + UUID.randomUUID().toString().substring(0, 4);

    @Test
    void shouldSignInAtAnIdentityProviderWithAProofKey() {
        try (IdentityProvider provider = new IdentityProvider(user)) {
            // Given
            Page page = told("\"mode\":\"oidc\",\"issuer\":\"%s\",\"clientId\":\"web\",\"scopes\":\"openid\""
                    .formatted(provider.issuer()));

            // When
            page.click("#login button");

            // Then
            assertThat(page.locator("#me")).hasText(user);
            Assertions.assertThat(page.url()).isEqualTo(service.toString());
            page.reload();
            assertThat(page.locator("#me")).hasText(user);
            page.click("#profile-button");
            page.click("#logout");
            assertThat(page.locator("#login")).isVisible();
            Assertions.assertThat(page.evaluate("sessionStorage.length")).isEqualTo(0);
        }
    }

    @Test
    void shouldSignInByNameWhereTheServiceGivesTokensOut() {
        // Given
        Page page = told("\"mode\":\"token\",\"tokenUrl\":\"/sign-in\"");
        page.route(
                "**/sign-in",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"token\":\"" + GeneratedKeys.ISSUER.token(user) + "\"}")));

        // When
        page.fill("#name", user);
        page.click("#login button");

        // Then
        assertThat(page.locator("#me")).hasText(user);
    }

    @Test
    void shouldSayWhyATokenIsRefused() {
        // Given
        Page page = CHROMIUM.window();
        page.navigate(service.toString());

        // When
        page.fill("#token", "not.a.token");
        page.click("#login button");

        // Then
        assertThat(page.locator("#login-error")).containsText("You are signed out");
        assertThat(page.locator("#token")).hasValue("");
    }

    /** A page that is told how people sign in. The policy of this service names no other origin, so it is left out. */
    private Page told(String auth) {
        Page page = CHROMIUM.window(new Browser.NewContextOptions()
                .setBypassCSP(true)
                .setServiceWorkers(com.microsoft.playwright.options.ServiceWorkerPolicy.BLOCK));
        page.route(
                "**/config.json",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"auth\":{" + auth + "},\"limits\":{},\"media\":false,\"version\":\"test\"}")));
        page.navigate(service.toString());
        return page;
    }
}
