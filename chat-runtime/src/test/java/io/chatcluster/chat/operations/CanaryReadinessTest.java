package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanaryReadinessTest {
    private static final Instant COMMITTED = Instant.parse("2026-01-01T10:00:00Z");
    private static final Map<String, Canary.Heard> NOBODY = Map.of();
    private static final Map<String, Canary.Heard> OTHERS = Map.of("other", new Canary.Heard(1, 1));
    private static final Map<String, Canary.Heard> ITSELF = Map.of("me", new Canary.Heard(1, 1));

    private static Canary.Report report(long firstCommitAt, Map<String, Canary.Heard> heard) {
        return new Canary.Report(firstCommitAt, firstCommitAt, null, heard);
    }

    @Test
    void shouldWaitForItsOwnMessage() {
        assertThat(CanaryReadiness.delivers("me", report(COMMITTED.toEpochMilli(), OTHERS), COMMITTED))
                .isFalse();
        assertThat(CanaryReadiness.delivers("me", report(COMMITTED.toEpochMilli(), ITSELF), COMMITTED))
                .isTrue();
    }

    @Test
    void shouldNotWaitForRedisForEver() {
        // Given
        var silent = report(COMMITTED.toEpochMilli(), NOBODY);

        // When
        var before = CanaryReadiness.delivers("me", silent, COMMITTED.plusSeconds(29));
        var after = CanaryReadiness.delivers("me", silent, COMMITTED.plusSeconds(30));

        // Then
        assertThat(before).isFalse();
        assertThat(after).isTrue();
    }

    @Test
    void shouldWaitForACommitHoweverLong() {
        assertThat(CanaryReadiness.delivers("me", report(0, NOBODY), COMMITTED.plusSeconds(3600)))
                .isFalse();
    }
}
