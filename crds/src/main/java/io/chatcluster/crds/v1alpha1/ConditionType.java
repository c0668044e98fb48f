package io.chatcluster.crds.v1alpha1;

/** The conditions of a ChatCluster, in the order in which its status lists them. */
public enum ConditionType {
    /** The spec can be carried out. */
    ACCEPTED("Accepted"),
    /** Every Secret that the spec refers to or the operator makes is there and complete. */
    SECRETS_READY("SecretsReady"),
    /** Every DynamoDB table is ACTIVE. */
    STORAGE_READY("StorageReady"),
    /** The bucket can be reached. */
    MEDIA_READY("MediaReady"),
    /** Every Redis server runs and every chat pod is connected to it. */
    REDIS_READY("RedisReady"),
    /** Chat pods take traffic. */
    AVAILABLE("Available"),
    /** An autoscaler decides the number of chat pods. */
    AUTOSCALING_ACTIVE("AutoscalingActive"),
    /** Chat pods are on their way to what the spec says. */
    PROGRESSING("Progressing"),
    /** Messages sent on one chat pod arrive on another. */
    DELIVERING("Delivering"),
    /** Chat works as the spec says. */
    READY("Ready");

    private final String value;

    ConditionType(String value) {
        this.value = value;
    }

    /** The condition's type as the status spells it. */
    public String value() {
        return value;
    }
}
