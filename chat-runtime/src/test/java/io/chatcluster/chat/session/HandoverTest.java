package io.chatcluster.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HandoverTest {
    private static final Duration MOST = Duration.ofSeconds(18);

    @Test
    void shouldNotKeepAFewConnectionsWaiting() {
        // Then
        assertThat(Handover.duration(0, MOST)).isZero();
        assertThat(Handover.duration(10, MOST)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void shouldSpreadManyOverTheWholeTime() {
        // Then
        assertThat(Handover.duration(50_000, MOST)).isEqualTo(MOST);
    }
}
