package io.chatcluster.operator.metadata;

/** Annotations that the operator reads and writes. */
public final class Annotations {
    /** On a ChatCluster: while {@code "true"}, the operator observes and writes to no child. */
    public static final String PAUSED = "chatcluster.io/paused";

    /** On a ChatCluster: another value, by custom the time, restarts the chat pods. */
    public static final String RESTARTED_AT = "chatcluster.io/restartedAt";

    /** On a ChatCluster: another value, by custom the time, rotates the signing key and the Redis password once. */
    public static final String ROTATE = "chatcluster.io/rotate";

    /** On chat pods: changes, and so replaces them, with whatever they read only at start. */
    public static final String CONFIG_HASH = "chatcluster.io/config-hash";

    /** On chat pods with an identity in AWS: changes, and so replaces them, with that identity, which they get when they are made. */
    public static final String IDENTITY_HASH = "chatcluster.io/identity-hash";

    /** On the chat Deployment: the revision that it was written from. */
    public static final String REVISION = "chatcluster.io/revision";

    /** On the chat Deployment: the revision that did not come up and was given up. */
    public static final String FAILED_REVISION = "chatcluster.io/failed-revision";

    /** On the chat Deployment: why it was, for people. */
    public static final String FAILURE = "chatcluster.io/failure";

    /** On the chat Deployment: the number of pods that the operator last asked for. */
    public static final String REPLICAS = "chatcluster.io/replicas";

    private Annotations() {}
}
