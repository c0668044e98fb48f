package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.crds.v1alpha1.ConditionType;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Planning;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All conditions of a ChatCluster: what they say, and since when. */
final class Conditions {
    private Conditions() {}

    static Map<ConditionType, Verdict> assess(ClusterPlan plan, Observation seen) {
        var verdicts = new EnumMap<ConditionType, Verdict>(ConditionType.class);
        verdicts.put(ConditionType.ACCEPTED, AcceptedCondition.assess(new Planning.Planned(plan)));
        verdicts.put(ConditionType.SECRETS_READY, SecretsReadyCondition.assess(plan, seen));
        verdicts.put(ConditionType.STORAGE_READY, StorageReadyCondition.assess(seen));
        verdicts.put(ConditionType.MEDIA_READY, MediaReadyCondition.assess(plan, seen));
        verdicts.put(ConditionType.REDIS_READY, RedisReadyCondition.assess(plan, seen));
        verdicts.put(ConditionType.AVAILABLE, AvailableCondition.assess(plan, seen));
        verdicts.put(ConditionType.AUTOSCALING_ACTIVE, AutoscalingActiveCondition.assess(plan, seen));
        verdicts.put(ConditionType.PROGRESSING, ProgressingCondition.assess(plan, seen));
        verdicts.put(ConditionType.DELIVERING, DeliveringCondition.assess(seen));
        verdicts.put(ConditionType.READY, ReadyCondition.assess(plan, seen, verdicts));
        return verdicts;
    }

    /** Of a spec that cannot be carried out nothing is made of it, so nothing is known of the rest. */
    static Map<ConditionType, Verdict> refused(Planning.Refused refused) {
        var verdicts = notLookedAt("see Accepted");
        verdicts.put(ConditionType.ACCEPTED, AcceptedCondition.assess(refused));
        verdicts.put(ConditionType.READY, Verdict.no(ConditionReason.CONDITIONS_NOT_MET, "See Accepted."));
        return verdicts;
    }

    /** What is being deleted is not looked after any more. */
    static Map<ConditionType, Verdict> deleting(Deletion.Unfinished deletion) {
        var verdicts = notLookedAt("the ChatCluster is being deleted, see Ready");
        verdicts.put(
                ConditionType.READY,
                switch (deletion) {
                    case Deletion.Going going ->
                        Verdict.no(
                                ConditionReason.DELETING,
                                "Being deleted. Still there: " + String.join(", ", going.left()) + ".");
                    case Deletion.Blocked blocked -> Verdict.no(ConditionReason.DELETION_BLOCKED, blocked.why());
                });
        return verdicts;
    }

    /** What the operator could not look at for a fault of its own may be as it was or not. */
    static Map<ConditionType, Verdict> failed(Exception failure) {
        var verdicts = notLookedAt("the operator failed, see Ready");
        verdicts.put(
                ConditionType.READY,
                new Verdict(
                        Verdict.Truth.UNKNOWN,
                        ConditionReason.OPERATOR_FAILED,
                        "The operator fails at this ChatCluster: %s. It tries again, at least every 30 s; its log says more. What runs goes on as it is."
                                .formatted(failure)));
        return verdicts;
    }

    private static Map<ConditionType, Verdict> notLookedAt(String why) {
        var verdicts = new EnumMap<ConditionType, Verdict>(ConditionType.class);
        for (var type : ConditionType.values()) {
            verdicts.put(type, Verdict.unknown("Not looked at: " + why + "."));
        }
        return verdicts;
    }

    /** The conditions in the order of {@link ConditionType}; each keeps its time unless its status flips. */
    static List<Condition> merge(
            List<Condition> previous, Map<ConditionType, Verdict> verdicts, long generation, Instant now) {
        return verdicts.entrySet().stream()
                .map(entry -> condition(entry.getKey(), entry.getValue(), previous, generation, now))
                .toList();
    }

    private static Condition condition(
            ConditionType type, Verdict verdict, List<Condition> previous, long generation, Instant now) {
        var since = previous.stream()
                .filter(condition -> type.value().equals(condition.getType()))
                .filter(condition -> verdict.status().value().equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(type.value())
                .withStatus(verdict.status().value())
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .withReason(verdict.reason().value())
                .withMessage(verdict.message())
                .build();
    }
}
