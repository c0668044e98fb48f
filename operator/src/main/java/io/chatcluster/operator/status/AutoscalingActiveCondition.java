package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;

/** Whether an autoscaler decides the number of chat pods. */
final class AutoscalingActiveCondition {
    private AutoscalingActiveCondition() {}

    static Verdict assess() {
        return Verdict.no(
                ConditionReason.NOT_REQUESTED,
                "spec.replicas decides the number of chat pods. Ready does not wait for this.");
    }
}
