package io.chatcluster.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.status.Deliveries.Received;
import io.chatcluster.operator.status.PodReports.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whose test messages count as delivered. */
class DeliveriesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private static Target pod(String name, String redisSecret) {
        return new Target(name, "10.0.0.1", 9000, Map.of(), redisSecret, null);
    }

    private static Received hearing(String pod, String... others) {
        var heard = Stream.of(others)
                .map(other -> new PodReport.Heard(other, NOW.toEpochMilli(), 5))
                .toList();
        return new Received(
                new PodReport(pod, false, 0, List.of(), null, null, new PodReport.Canary(null, heard)), NOW);
    }

    private static List<String> delivering(List<Target> pods, Map<String, Received> reports) {
        return Deliveries.states(pods, reports, NOW).stream()
                .filter(PodState::heard)
                .map(PodState::pod)
                .toList();
    }

    @Test
    void shouldNotCountAPodThatOnlyHearsItself() {
        assertThat(delivering(
                        List.of(pod("a", "demo-redis-auth"), pod("b", "demo-redis-auth")),
                        Map.of("a", hearing("a", "a", "b"), "b", hearing("b", "b"))))
                .containsExactly("b");
    }

    @Test
    void shouldAskThoseOfTheSameRedisServersWhileTheseAreReplaced() {
        // Given
        var pods = List.of(pod("old-a", "demo-redis-auth"), pod("old-b", "demo-redis-auth"), pod("new", "elasticache"));

        // When
        var well = delivering(
                pods,
                Map.of(
                        "old-a", hearing("old-a", "old-a", "old-b"),
                        "old-b", hearing("old-b", "old-a", "old-b"),
                        "new", hearing("new", "new")));
        var deaf = delivering(
                pods,
                Map.of(
                        "old-a", hearing("old-a", "old-a", "old-b"),
                        "old-b", hearing("old-b", "old-a", "old-b"),
                        "new", hearing("new")));

        // Then
        assertThat(well).containsExactly("new", "old-a", "old-b");
        assertThat(deaf).containsExactly("old-a", "old-b");
    }

    @Test
    void shouldAskThoseWhoAreLetInByTheSameSecretAtRedisServersOfSomebodyElse() {
        // Given
        var pods = List.of(pod("old", "elasticache"), pod("new", "another"));

        // When
        var delivering = delivering(pods, Map.of("old", hearing("old", "old"), "new", hearing("new", "new")));

        // Then
        assertThat(delivering).containsExactly("new", "old");
    }
}
