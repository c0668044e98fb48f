package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.crds.v1alpha1.ConditionType;
import io.chatcluster.operator.plan.ClusterPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether chat works as the spec says. */
final class ReadyCondition {
    private ReadyCondition() {}

    /** Conditions that chat does not work without. */
    private static final List<ConditionType> NEEDED = List.of(
            ConditionType.ACCEPTED,
            ConditionType.SECRETS_READY,
            ConditionType.STORAGE_READY,
            ConditionType.REDIS_READY,
            ConditionType.AVAILABLE,
            ConditionType.DELIVERING);

    static Verdict assess(ClusterPlan plan, Observation seen, Map<ConditionType, Verdict> others) {
        var unmet = NEEDED.stream()
                .filter(type -> !holds(others, type))
                .map(ConditionType::value)
                .collect(Collectors.toCollection(ArrayList::new));
        if (plan.media() != null && !holds(others, ConditionType.MEDIA_READY)) {
            unmet.add(ConditionType.MEDIA_READY.value());
        }
        if (seen.writeFailure() != null
                || seen.rollout() == null
                || !seen.rollout().complete(plan)) {
            unmet.add(ConditionType.PROGRESSING.value());
        }
        if (!unmet.isEmpty()) {
            return Verdict.no(ConditionReason.CONDITIONS_NOT_MET, "See %s.".formatted(String.join(", ", unmet)));
        }
        return Verdict.yes(
                ConditionReason.CONDITIONS_MET,
                seen.paused()
                        ? "Chat works. What the spec says of anything but chat pods may not be in place while paused."
                        : "Chat works as the spec says.");
    }

    private static boolean holds(Map<ConditionType, Verdict> others, ConditionType type) {
        var verdict = others.get(type);
        return verdict != null && verdict.isTrue();
    }
}
