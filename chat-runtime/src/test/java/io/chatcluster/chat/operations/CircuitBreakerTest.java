package io.chatcluster.chat.operations;

import static io.chatcluster.chat.services.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    @Test
    void shouldOpenWithTheLastOfSoManyFailures() {
        // Given
        CircuitBreaker breaker = new CircuitBreaker(2, Duration.ofHours(1));
        boolean first = breaker.failed();
        boolean openBefore = breaker.open();

        // When
        boolean second = breaker.failed();

        // Then
        assertThat(first).isFalse();
        assertThat(openBefore).isFalse();
        assertThat(second).isTrue();
        assertThat(breaker.open()).isTrue();
    }

    @Test
    void shouldStayClosedWhereASuccessComesBetween() {
        // Given
        CircuitBreaker breaker = new CircuitBreaker(2, Duration.ofHours(1));
        var unused = breaker.failed();

        // When
        breaker.succeeded();

        // Then
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.open()).isFalse();
    }

    @Test
    void shouldLetAnotherTryThroughAfterAWhile() {
        // Given
        CircuitBreaker breaker = new CircuitBreaker(1, Duration.ofMillis(20));

        // When
        boolean opened = breaker.failed();

        // Then
        assertThat(opened).isTrue();
        await().until(() -> !breaker.open());
    }
}
