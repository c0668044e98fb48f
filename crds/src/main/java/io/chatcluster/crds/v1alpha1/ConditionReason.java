package io.chatcluster.crds.v1alpha1;

/** Why a condition has its status, in one word for programs; the condition's message says it for people. */
public enum ConditionReason {
    VALID("Valid"),
    INVALID("Invalid"),
    PAUSED("Paused"),
    APPLY_FAILED("ApplyFailed"),
    UNKNOWN("Unknown"),
    NOT_REQUESTED("NotRequested"),
    SECRETS_FOUND("SecretsFound"),
    ROTATING("Rotating"),
    SECRET_MISSING("SecretMissing"),
    SECRET_INVALID("SecretInvalid"),
    TABLES_ACTIVE("TablesActive"),
    TABLES_CREATING("TablesCreating"),
    TABLES_UPDATING("TablesUpdating"),
    TABLE_MISSING("TableMissing"),
    TABLE_INVALID("TableInvalid"),
    TABLE_UNAVAILABLE("TableUnavailable"),
    BUCKET_REACHABLE("BucketReachable"),
    BUCKET_CREATING("BucketCreating"),
    BUCKET_MISSING("BucketMissing"),
    AWS_UNREACHABLE("AwsUnreachable"),
    AWS_THROTTLED("AwsThrottled"),
    AWS_DENIED("AwsDenied"),
    AWS_ERROR("AwsError"),
    SHARDS_READY("ShardsReady"),
    SHARDS_CHANGING("ShardsChanging"),
    SHARDS_NOT_READY("ShardsNotReady"),
    SHARDS_UNREACHABLE("ShardsUnreachable"),
    AUTOSCALER_STARTING("AutoscalerStarting"),
    AUTOSCALER_ACTIVE("AutoscalerActive"),
    AUTOSCALER_BLOCKED("AutoscalerBlocked"),
    REPLICAS_READY("ReplicasReady"),
    REPLICAS_NOT_READY("ReplicasNotReady"),
    SCALED_TO_ZERO("ScaledToZero"),
    ROLLOUT_COMPLETE("RolloutComplete"),
    ROLLOUT_IN_PROGRESS("RolloutInProgress"),
    ROLLOUT_STUCK("RolloutStuck"),
    ROLLED_BACK("RolledBack"),
    CANARY_DELIVERED("CanaryDelivered"),
    CANARY_NOT_DELIVERED("CanaryNotDelivered"),
    CONDITIONS_MET("ConditionsMet"),
    CONDITIONS_NOT_MET("ConditionsNotMet"),
    OPERATOR_FAILED("OperatorFailed"),
    DELETING("Deleting"),
    DELETION_BLOCKED("DeletionBlocked");

    private final String value;

    ConditionReason(String value) {
        this.value = value;
    }

    /** The reason as the status spells it. */
    public String value() {
        return value;
    }
}
