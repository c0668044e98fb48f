package io.chatcluster.operator.dependent;

/** Whether the cluster has KEDA. */
public final class KedaPresent extends KindPresent<ScaledObject> {
    public KedaPresent() {
        super(ScaledObject.class);
    }
}
