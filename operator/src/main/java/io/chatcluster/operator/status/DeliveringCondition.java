package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether messages sent on one chat pod arrive on another, by the canary that every pod keeps sending. */
final class DeliveringCondition {
    private DeliveringCondition() {}

    static Verdict assess(Observation seen) {
        var pods = seen.pods();
        if (pods.isEmpty()) {
            return Verdict.unknown("No chat pod is ready to be asked.");
        }
        var silent = names(pods.stream().filter(pod -> !pod.answering()));
        if (!silent.isEmpty()) {
            return Verdict.unknown(
                    "No answer from %s: is port 9000 of the pods open to the operator?".formatted(silent));
        }
        var unheard = pods.stream().filter(pod -> !pod.heard()).toList();
        if (!unheard.isEmpty()) {
            var why = unheard.stream()
                    .map(PodState::canaryError)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(error -> " Last error: " + error)
                    .orElse("");
            return Verdict.no(
                    ConditionReason.CANARY_NOT_DELIVERED,
                    "Test messages of %s arrive at no other chat pod.%s".formatted(names(unheard.stream()), why));
        }
        return Verdict.yes(
                ConditionReason.CANARY_DELIVERED, "Test messages of %d chat pods arrive.".formatted(pods.size()));
    }

    private static String names(Stream<PodState> pods) {
        return pods.map(PodState::pod).collect(Collectors.joining(", "));
    }
}
