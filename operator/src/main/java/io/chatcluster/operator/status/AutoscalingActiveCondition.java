package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.ScalePlan;

/** Whether an autoscaler decides the number of chat pods. */
final class AutoscalingActiveCondition {
    private AutoscalingActiveCondition() {}

    static Verdict assess(ClusterPlan plan, Observation seen) {
        if (!(plan.scale() instanceof ScalePlan.Autoscaled scale)) {
            return Verdict.no(
                    ConditionReason.NOT_REQUESTED,
                    "spec.replicas decides the number of chat pods. Ready does not wait for this.");
        }
        var kind = scale.keda() == null ? "HorizontalPodAutoscaler" : "ScaledObject";
        var autoscaler = seen.autoscaler();
        if (autoscaler == null) {
            return Verdict.unknown("No controller has looked at the %s yet.".formatted(kind));
        }
        if (autoscaler.obstacle() != null) {
            return Verdict.no(
                    ConditionReason.AUTOSCALER_BLOCKED,
                    "The number of chat pods stays as it is: %s. Ready does not wait for this."
                            .formatted(autoscaler.obstacle()));
        }
        if (!autoscaler.active()) {
            return Verdict.no(
                    ConditionReason.AUTOSCALER_STARTING,
                    "The %s has not decided anything yet. Ready does not wait for this.".formatted(kind));
        }
        return Verdict.yes(
                ConditionReason.AUTOSCALER_ACTIVE,
                autoscaler.desired() == null
                        ? "The %s decides the number of chat pods, from %d to %d."
                                .formatted(kind, scale.minReplicas(), scale.maxReplicas())
                        : "The %s wants %d chat pods, of %d to %d."
                                .formatted(kind, autoscaler.desired(), scale.minReplicas(), scale.maxReplicas()));
    }
}
