package io.chatcluster.chat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RateLimit limit = new RateLimit(10, 3, nanos::get);

    @Test
    void shouldAllowTheBurstAndThenSayWhenToComeBack() {
        // Given
        limit.take();
        limit.take();
        limit.take();

        // Then
        assertThatThrownBy(limit::take).isInstanceOfSatisfying(ChatException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(100));
        });
    }

    @Test
    void shouldTakeWhatCountsMoreThanOnce() {
        // Given
        limit.take(2);

        // Then
        assertThatThrownBy(() -> limit.take(2)).isInstanceOfSatisfying(ChatException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(100));
        });
    }

    @Test
    void shouldLetPassWhatCountsMoreThanTheBurstOnceTheBurstIsThere() {
        // Then
        assertThatNoException().isThrownBy(() -> limit.take(100));
        assertThatThrownBy(() -> limit.take(1)).isInstanceOf(ChatException.class);
    }

    @Test
    void shouldKeepUpTheRate() {
        // Given
        for (int i = 0; i < 3; i++) {
            limit.take();
        }

        // Then
        for (int i = 0; i < 50; i++) {
            nanos.addAndGet(Duration.ofMillis(101).toNanos());
            assertThatNoException().isThrownBy(limit::take);
        }
        assertThatThrownBy(limit::take).isInstanceOf(ChatException.class);
    }

    @Test
    void shouldNotSaveUpMoreThanTheBurst() {
        // Given
        nanos.addAndGet(Duration.ofHours(1).toNanos());

        // When
        for (int i = 0; i < 3; i++) {
            limit.take();
        }

        // Then
        assertThatThrownBy(limit::take).isInstanceOf(ChatException.class);
    }
}
