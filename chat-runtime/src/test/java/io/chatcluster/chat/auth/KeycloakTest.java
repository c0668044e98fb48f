package io.chatcluster.chat.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.KeycloakServer;
import io.restassured.RestAssured;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Signs in at a real identity provider. */
@Tag("keycloak")
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("the realm")
class KeycloakTest {
    private static final String REALM = "chat";

    private KeycloakServer keycloak;
    private TokenVerifier verifier;

    @BeforeAll
    void startKeycloak() {
        keycloak = new KeycloakServer(REALM);
        verifier = verifier(List.of("RS256", "ES256"));
    }

    @AfterAll
    void stopKeycloak() {
        keycloak.close();
    }

    @Test
    void shouldAcceptAUserWhoSignedIn() {
        // When
        Caller caller = verifier.verify(signIn("chat-web"));

        // Then
        assertThat(caller.user()).isEqualTo(new UserId("alice"));
        assertThat(caller.expiresAt()).isAfter(Instant.now());
        assertThat(caller.scopes()).contains("profile");
    }

    @Test
    void shouldRefuseATokenForAnotherService() {
        // Given
        String foreign = signIn("another-service");

        // Then
        assertUnauthenticated(verifier, foreign, "aud");
    }

    @Test
    void shouldRefuseAnAlgorithmThatIsNotAmongTheConfigured() {
        // Given
        String token = signIn("chat-web");

        // Then
        assertUnauthenticated(verifier(List.of("ES256")), token, "signed");
    }

    @Test
    void shouldRefuseATokenThatWasTamperedWith() {
        // Given
        String[] parts = signIn("chat-web").split("\\.");
        String other = signIn("another-service").split("\\.")[1];

        // Then
        assertUnauthenticated(verifier, parts[0] + '.' + other + '.' + parts[2], "signed");
    }

    @Test
    void shouldFollowARotationOfTheRealmsKeys() {
        // Given
        String before = signIn("chat-web");
        verifier.verify(before);

        // When
        addKey();
        String after =
                await().until(() -> signIn("chat-web"), token -> !header(token).equals(header(before)));

        // Then
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(verifier.verify(after).user()).isEqualTo(new UserId("alice")));
        assertThat(verifier.verify(before).user()).isEqualTo(new UserId("alice"));
    }

    private static void assertUnauthenticated(TokenVerifier verifier, String token, String because) {
        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOfSatisfying(ChatException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(refusal.detail()).contains(because);
        });
    }

    private static String header(String token) {
        return token.substring(0, token.indexOf('.'));
    }

    private TokenVerifier verifier(List<String> algorithms) {
        String issuer = keycloak.issuer(REALM);
        return new JwtVerifier(
                new IssuerKeys(issuer, Optional.empty()),
                new TokenExpectations(issuer, "chat", "preferred_username", algorithms),
                Clock.systemUTC());
    }

    private String signIn(String client) {
        return token(REALM, client, "alice", "wonderland");
    }

    private String token(String realm, String client, String user, String password) {
        return RestAssured.given()
                .formParams("grant_type", "password", "client_id", client, "username", user, "password", password)
                .post(keycloak.issuer(realm) + "/protocol/openid-connect/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    /** A key of higher priority, which signs from then on. */
    private void addKey() {
        String admin = token("master", "admin-cli", KeycloakServer.ADMIN, KeycloakServer.ADMIN_PASSWORD);
        RestAssured.given()
                .auth()
                .oauth2(admin)
                .contentType("application/json")
                .body(Map.of(
                        "name",
                        "next-key",
                        "providerId",
                        "rsa-generated",
                        "providerType",
                        "org.keycloak.keys.KeyProvider",
                        "config",
                        Map.of("priority", List.of("1000"), "algorithm", List.of("RS256"))))
                .post(keycloak.address() + "/admin/realms/" + REALM + "/components")
                .then()
                .statusCode(201);
    }
}
