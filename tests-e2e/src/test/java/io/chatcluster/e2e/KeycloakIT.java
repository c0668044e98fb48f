package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.chatcluster.e2e.harness.ChatApi;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.KeycloakServer;
import io.chatcluster.e2e.harness.Line;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.TestChat;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A chat whose people have accounts at a real identity provider. It shares nothing with other tests, and has room beside any. */
@TestInstance(Lifecycle.PER_CLASS)
class KeycloakIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final String CLIENT = "chat-web";
    /** Gives tokens that outlive a test, where those for the web page are soon to be refreshed. */
    private static final String SCRIPT = "chat-script";

    private static final Duration KEYS_FOLLOWED = Duration.ofMinutes(5);
    private static final double REFRESHED_MILLIS = Duration.ofMinutes(2).toMillis();
    private static final String AUTH = """
              auth:
                oidc:
                  issuer: %s
                  audience: chat
                  userClaim: preferred_username
                  webClientId: %s
            """;

    private final TestChat chat = TestChat.prepared("chatcluster-e2e-oidc", "oidc");
    private KeycloakServer keycloak;
    private Line line;

    @BeforeAll
    void start() {
        keycloak = KeycloakServer.start();
        chat.apply(yaml -> yaml + AUTH.formatted(keycloak.issuer(), CLIENT));
        keycloak.awaitStarted();
        chat.awaitReady();
        // A proof key can only be made where the page comes from this device, as a browser sees it, or by TLS.
        line = Line.to(chat.serviceAddress());
    }

    @AfterAll
    void stop() {
        // Whatever start came to.
        if (line != null) {
            line.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
        chat.remove();
    }

    @Test
    void shouldLetTwoPeopleWithAccountsTalk() {
        // Given
        Page first = CHROMIUM.window();
        first.navigate(line.address().toString());
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
        page.navigate(line.address().toString());
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

    @Test
    void shouldRefuseATokenForAnotherService() {
        // Given
        var foreign = keycloak.token("another-service", "alice", "wonderland");

        // Then
        assertRefused(foreign, "aud");
    }

    @Test
    void shouldRefuseATokenThatWasTamperedWith() {
        // Given
        var parts = ofAlice().split("\\.");
        var other = keycloak.token("another-service", "alice", "wonderland").split("\\.")[1];

        // Then
        assertRefused(parts[0] + '.' + other + '.' + parts[2], "signed");
    }

    @Test
    void shouldFollowARotationOfTheRealmsKeys() {
        // Given
        var before = ofAlice();
        assertAccepted(before);

        // When
        keycloak.addKey();
        var after = await().atMost(KEYS_FOLLOWED)
                .until(this::ofAlice, token -> !header(token).equals(header(before)));

        // Then
        await().atMost(KEYS_FOLLOWED).untilAsserted(() -> assertAccepted(after));
        assertAccepted(before);
    }

    @Test
    void shouldGoOnWhileTheProviderDoesNotAnswer() {
        // Given
        var token = ofAlice();
        assertAccepted(token);

        // When
        try (var _ = keycloak.freeze()) {

            // Then
            assertAccepted(token);
        }
    }

    private String ofAlice() {
        return keycloak.token(SCRIPT, "alice", "wonderland");
    }

    private void assertAccepted(String token) {
        Assertions.assertThat(api(token).get("/api/v1/users/me").path("user").asText())
                .isEqualTo("alice");
    }

    private void assertRefused(String token, String because) {
        assertThatThrownBy(() -> api(token).get("/api/v1/users/me"))
                .hasMessageContaining("was answered 401")
                .hasMessageContaining(because);
    }

    private ChatApi api(String token) {
        return new ChatApi(chat.addresses().getFirst(), token);
    }

    private static String header(String token) {
        return token.substring(0, token.indexOf('.'));
    }

    private static void signIn(Page page, String user, String password) {
        page.click("#login button");
        page.fill("#username", user);
        page.fill("#password", password);
        page.click("#kc-login");
    }
}
