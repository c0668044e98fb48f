package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies(3);

    @Test
    void shouldSayNothingOfASingleSlowOne() {
        // When
        latencies.add(1, 11, 10);
        latencies.add(2, 902, 900);
        latencies.add(3, 23, 20);

        // Then
        assertThat(latencies.median()).isEqualTo(20);
    }

    @Test
    void shouldForgetTheOldestOne() {
        // Given
        latencies.add(1, 2, 1);
        latencies.add(2, 4, 2);
        latencies.add(3, 6, 3);

        // When
        latencies.add(4, 54, 50);

        // Then
        assertThat(latencies.median()).isEqualTo(3);
    }

    @Test
    void shouldCountACanaryOnceThatComesOnceForEachShard() {
        // Given
        latencies.add(1, 11, 10);

        // When
        var counted = latencies.add(1, 500, 499);

        // Then
        assertThat(counted).isFalse();
        assertThat(latencies.lastAt()).isEqualTo(11);
        assertThat(latencies.median()).isEqualTo(10);
    }
}
