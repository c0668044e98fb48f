package io.chatcluster.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Chat pods that nobody asks for a report, since they take no traffic, and that have clients nevertheless or may soon have again. */
final class PodsAside {
    /** One that has not been ready for so long is not about to be. */
    private static final Duration BACK_SOON = Duration.ofMinutes(10);

    private PodsAside() {}

    static boolean isAside(Pod pod, Instant now) {
        var status = pod.getStatus();
        if (status == null || !"Running".equals(status.getPhase())) {
            return false;
        }
        var end = pod.getMetadata().getDeletionTimestamp();
        if (end != null) {
            // The time by which Kubernetes ends it; of a lost node's pods it never hears that they ended.
            return Instant.parse(end).isAfter(now);
        }
        return !Readiness.isPodReady(pod)
                && status.getConditions().stream()
                        .filter(condition -> condition.getType().equals("Ready"))
                        .map(condition -> condition.getLastTransitionTime())
                        .filter(Objects::nonNull)
                        .anyMatch(since -> Instant.parse(since).plus(BACK_SOON).isAfter(now));
    }
}
