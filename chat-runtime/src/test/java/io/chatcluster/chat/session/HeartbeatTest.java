package io.chatcluster.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Duration INTERVAL = Duration.ofSeconds(25);

    private final long began = System.nanoTime();
    private final Heartbeat heartbeat = new Heartbeat(INTERVAL);

    @Test
    void shouldPingOnceForEachIntervalOfSilence() {
        // Then
        assertThat(heartbeat.pingDue(after(1))).isFalse();
        assertThat(heartbeat.pingDue(after(26))).isTrue();
        assertThat(heartbeat.pingDue(after(27))).isFalse();
        assertThat(heartbeat.pingDue(after(52))).isTrue();
    }

    @Test
    void shouldNotPingOneWhoWasHeard() {
        // When
        heartbeat.heard(after(20));

        // Then
        assertThat(heartbeat.pingDue(after(26))).isFalse();
        assertThat(heartbeat.pingDue(after(45))).isTrue();
        assertThat(heartbeat.isLost(after(51))).isFalse();
    }

    @Test
    void shouldTakeAClientForLostAfterTwoIntervalsOfSilence() {
        // Then
        assertThat(heartbeat.isLost(after(49))).isFalse();
        assertThat(heartbeat.isLost(after(51))).isTrue();
    }

    @Test
    void shouldSpreadThePingsOfThoseWhoCameAtOnce() {
        // Given
        int all = 1_000;
        int early = 0;

        // When
        for (int i = 0; i < all; i++) {
            early += new Heartbeat(INTERVAL).pingDue(after(21)) ? 1 : 0;
        }

        // Then
        assertThat(early).isBetween(all / 4, all * 3 / 4);
    }

    private long after(int seconds) {
        return began + Duration.ofSeconds(seconds).toNanos();
    }
}
