package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;

/** Whether every Secret is there and complete. */
final class SecretsReadyCondition {
    private SecretsReadyCondition() {}

    static Verdict assess(ClusterPlan plan, Observation seen) {
        if (seen.secrets() != null) {
            return Verdict.no(seen.secrets());
        }
        var rotations = plan.secrets().rotations();
        return rotations.isEmpty()
                ? Verdict.yes(ConditionReason.SECRETS_FOUND, "Every Secret is there and complete.")
                : Verdict.yes(ConditionReason.ROTATING, String.join(" ", rotations));
    }
}
