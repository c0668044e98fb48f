package io.chatcluster.chat.operations;

import static io.chatcluster.chat.services.Patience.await;

import io.chatcluster.chat.services.TwoPods;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a pod sends its signs of life. */
class CanaryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final String ITSELF = "test";

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private Canary canary;

    @BeforeEach
    void make() {
        var pod = pods.one();
        canary = new Canary(pod.writers, pod.broker, pod.config, new SimpleMeterRegistry(), NEVER);
    }

    @AfterEach
    void close() {
        canary.close();
    }

    @Test
    void shouldTryAgainAsSoonAsRedisIsThereAndNotAPeriodLater() {
        // Given
        pods.killRedis();
        canary.start();
        await().atMost(PATIENCE).until(() -> canary.report().firstCommitAt() > 0);

        // When
        pods.startRedis();

        // Then
        await().atMost(PATIENCE).until(() -> canary.report().heard().containsKey(ITSELF));
    }
}
