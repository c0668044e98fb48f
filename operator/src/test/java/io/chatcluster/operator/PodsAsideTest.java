package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which chat pods a change of secrets waits for though they take no traffic. */
class PodsAsideTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private static Pod pod(String phase, String ready, Duration since) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("a")
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .withLastTransitionTime(NOW.minus(since).toString())
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod terminating(Duration left) {
        var pod = pod("Running", "False", Duration.ofHours(1));
        pod.getMetadata().setDeletionTimestamp(NOW.plus(left).toString());
        return pod;
    }

    @Test
    void shouldAskWhoTakesTraffic() {
        assertThat(PodsAside.isAside(pod("Running", "True", Duration.ofSeconds(1)), NOW))
                .isFalse();
    }

    @Test
    void shouldWaitForAPodThatMaySoonBeBackAndNotForOneThatLongIsNot() {
        assertThat(PodsAside.isAside(pod("Running", "False", Duration.ofMinutes(1)), NOW))
                .isTrue();
        assertThat(PodsAside.isAside(pod("Running", "False", Duration.ofMinutes(11)), NOW))
                .isFalse();
    }

    @Test
    void shouldWaitForAPodThatDrainsAndNotForOneThatHadItsTime() {
        assertThat(PodsAside.isAside(terminating(Duration.ofSeconds(20)), NOW)).isTrue();
        assertThat(PodsAside.isAside(terminating(Duration.ofSeconds(-20)), NOW)).isFalse();
    }

    @Test
    void shouldNotWaitForWhatDoesNotRun() {
        assertThat(PodsAside.isAside(pod("Pending", "False", Duration.ZERO), NOW))
                .isFalse();
        assertThat(PodsAside.isAside(pod("Failed", "False", Duration.ZERO), NOW))
                .isFalse();
    }
}
