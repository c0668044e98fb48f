package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.crds.v1alpha1.ConditionType;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.IngressPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        var conditions = unmet.isEmpty() ? null : "See %s.".formatted(String.join(", ", unmet));
        var obstacles = Stream.of(conditions, closed(plan, seen))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        if (!obstacles.isEmpty()) {
            return Verdict.no(ConditionReason.CONDITIONS_NOT_MET, obstacles);
        }
        return Verdict.yes(
                ConditionReason.CONDITIONS_MET,
                seen.paused()
                        ? "Chat works. What the spec says of anything but chat pods may not be in place while paused."
                        : "Chat works as the spec says.");
    }

    /** What keeps clients from outside from coming in by the Gateway; absent where nothing does. */
    private static @Nullable String closed(ClusterPlan plan, Observation seen) {
        var route = seen.route();
        if (!(plan.ingress() instanceof IngressPlan.ByGateway gateway) || route == null || route.accepted()) {
            return null;
        }
        var name = gateway.namespace() + "/" + gateway.gateway();
        var listener = gateway.section() == null ? "" : " (listener %s)".formatted(gateway.section());
        return route.refusal() == null
                ? "No controller has taken up the HTTPRoute for the Gateway %s%s: see that the Gateway is there, and that a controller of its class runs."
                        .formatted(name, listener)
                : "The Gateway %s%s does not take the HTTPRoute. Its controller says: %s"
                        .formatted(name, listener, route.refusal());
    }

    private static boolean holds(Map<ConditionType, Verdict> others, ConditionType type) {
        var verdict = others.get(type);
        return verdict != null && verdict.isTrue();
    }
}
