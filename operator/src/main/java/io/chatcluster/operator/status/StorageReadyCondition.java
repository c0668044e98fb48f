package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;

/** Whether every DynamoDB table is ACTIVE. */
final class StorageReadyCondition {
    private StorageReadyCondition() {}

    static Verdict assess(Observation seen) {
        var storage = seen.storage();
        if (storage == null) {
            return Verdict.unknown("The tables cannot be described before SecretsReady is True.");
        }
        if (storage.problem() != null) {
            return Verdict.no(storage.problem());
        }
        return Verdict.yes(
                ConditionReason.TABLES_ACTIVE,
                "%d tables are ACTIVE.".formatted(storage.tables().size()));
    }
}
