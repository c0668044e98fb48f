package io.chatcluster.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.room.RoomId;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TypingThrottleTest {
    private final AtomicLong now = new AtomicLong();
    private final TypingThrottle throttle = new TypingThrottle(now::get);

    @Test
    void shouldLetOnePassPerRoomAndPeriod() {
        // Given
        RoomId one = new RoomId("g-1");
        assertThat(throttle.pass(one)).isTrue();

        // When
        now.addAndGet(TypingThrottle.PERIOD.toNanos() - 1);

        // Then
        assertThat(throttle.pass(one)).isFalse();
        assertThat(throttle.pass(new RoomId("g-2"))).isTrue();
        now.addAndGet(1);
        assertThat(throttle.pass(one)).isTrue();
        assertThat(throttle.pass(one)).isFalse();
    }
}
