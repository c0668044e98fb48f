package io.chatcluster.chat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.room.RoomId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnheardTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Unheard unheard = new Unheard(new FeedMetrics(registry));

    @Test
    void shouldNotCountWhatRedisBroughtLaterThanTheLog() {
        // Given
        unheard.read(batch(7));

        // When
        unheard.heard(7);
        unheard.count();

        // Then
        assertThat(holes()).isZero();
    }

    @Test
    void shouldCountOnceWhatRedisDidNotBring() {
        // Given
        unheard.read(batch(7));
        unheard.read(batch(8));
        unheard.heard(8);

        // When
        unheard.count();
        unheard.count();

        // Then
        assertThat(holes()).isOne();
    }

    private static Batch batch(long seq) {
        return new Batch(new RoomId("r"), seq, "b", 1, List.of("\"type\":\"other\"}"));
    }

    private double holes() {
        return registry.get("chat.holes.repaired").counter().count();
    }
}
