package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;

/** Whether chat pods take traffic. */
final class AvailableCondition {
    private AvailableCondition() {}

    static Verdict assess(ClusterPlan plan, Observation seen) {
        var rollout = seen.rollout();
        if (plan.scale().initial() == 0) {
            return Verdict.no(ConditionReason.SCALED_TO_ZERO, "spec.replicas is 0: there are no chat pods.");
        }
        if (rollout == null || rollout.available() == 0) {
            return Verdict.no(ConditionReason.REPLICAS_NOT_READY, "No chat pod takes traffic. See Progressing.");
        }
        return Verdict.yes(ConditionReason.REPLICAS_READY, "Chat pods take traffic.");
    }
}
