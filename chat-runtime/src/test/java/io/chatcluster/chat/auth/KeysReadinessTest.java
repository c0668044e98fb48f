package io.chatcluster.chat.auth;

import static io.chatcluster.chat.services.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeysReadinessTest {
    private final HttpIssuer issuer = new HttpIssuer(new TokenIssuer("key-1"));
    private final KeysReadiness readiness = new KeysReadiness(new IssuerKeys(issuer.address(), Optional.empty()));

    @AfterEach
    void stop() {
        readiness.stop(new ShutdownEvent());
        issuer.close();
    }

    @Test
    void shouldStartWithoutTheIssuerAndBecomeReadyWhenItIsThere() {
        // Given
        issuer.goAway();

        // When
        readiness.start(new StartupEvent());

        // Then
        await().untilAsserted(() -> {
            HealthCheckResponse response = readiness.call();
            assertThat(response.getStatus()).isEqualTo(Status.DOWN);
            assertThat(response.getData().orElseThrow().get("problem"))
                    .asString()
                    .contains("chat.auth.issuer", issuer.address());
        });

        // When
        issuer.comeBack();

        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> readiness.call().getStatus() == Status.UP);

        // When
        issuer.goAway();

        // Then
        assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
    }
}
