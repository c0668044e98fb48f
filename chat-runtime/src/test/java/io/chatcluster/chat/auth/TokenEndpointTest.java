package io.chatcluster.chat.auth;

import static io.chatcluster.chat.services.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.services.Settings;
import io.quarkus.runtime.StartupEvent;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenEndpointTest {
    private static final URI FOUND = URI.create(HttpIssuer.TOKEN_ENDPOINT);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void shouldKnowWhereTheIssuerGivesTokensOut() {
        try (HttpIssuer issuer = new HttpIssuer()) {
            // Given
            TokenEndpoint endpoint = endpoint(issuer, Map.of());
            assertThat(endpoint.known()).isEmpty();

            // When
            endpoint.begin(new StartupEvent());

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(endpoint.known()).contains(FOUND));
            endpoint.end();
        }
    }

    @Test
    void shouldAskAgainWhileTheIssuerIsAway() {
        try (HttpIssuer issuer = new HttpIssuer()) {
            // Given
            issuer.goAway();
            TokenEndpoint endpoint = endpoint(issuer, Map.of());
            endpoint.begin(new StartupEvent());
            await().atMost(PATIENCE).until(() -> issuer.metadataRequests() > 0);
            assertThat(endpoint.known()).isEmpty();

            // When
            issuer.comeBack();

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(endpoint.known()).contains(FOUND));
            endpoint.end();
        }
    }

    @Test
    void shouldBelieveNoOtherIssuer() {
        try (HttpIssuer issuer = new HttpIssuer()) {
            // Given
            issuer.claimToBe("https://other.example");
            TokenEndpoint endpoint = endpoint(issuer, Map.of());

            // When
            endpoint.begin(new StartupEvent());

            // Then
            await().atMost(PATIENCE).until(() -> issuer.metadataRequests() > 1);
            assertThat(endpoint.known()).isEmpty();
            endpoint.end();
        }
    }

    @Test
    void shouldNotAskForPagesThatSignNobodyIn() {
        try (HttpIssuer issuer = new HttpIssuer()) {
            // Given
            TokenEndpoint endpoint = endpoint(issuer, Map.of("chat.auth.jwks-file", "/keys.json"));

            // When
            endpoint.begin(new StartupEvent());

            // Then
            assertThat(endpoint.asks()).isFalse();
        }
    }

    private static TokenEndpoint endpoint(HttpIssuer issuer, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("chat.auth.issuer", issuer.address());
        settings.put("chat.auth.web-client-id", "chat-web");
        return new TokenEndpoint(Settings.with(settings));
    }
}
