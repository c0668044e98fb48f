package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;

/** Whether every Secret is there and complete. */
final class SecretsReadyCondition {
    private SecretsReadyCondition() {}

    static Verdict assess(Observation seen) {
        return seen.secrets() == null
                ? Verdict.yes(ConditionReason.SECRETS_FOUND, "Every Secret is there and complete.")
                : Verdict.no(seen.secrets());
    }
}
