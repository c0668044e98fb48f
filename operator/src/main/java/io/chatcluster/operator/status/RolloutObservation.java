package io.chatcluster.operator.status;

import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.ScalePlan;
import org.jspecify.annotations.Nullable;

/**
 * The chat Deployment as its controller last saw it.
 *
 * @param revision plan that the Deployment was written from; absent where another hand took the annotation away
 * @param current whether the controller has seen the newest Deployment: the counts speak of an older one otherwise
 * @param desired pods that there should be
 * @param replicas pods that exist
 * @param updated pods made from the newest template
 * @param stuck why the controller gave up waiting; absent where it did not
 */
public record RolloutObservation(
        @Nullable String revision,
        boolean current,
        int desired,
        int replicas,
        int updated,
        int ready,
        int available,
        @Nullable String stuck) {

    /** Whether every pod is made from this plan and ready. The one place that says what a finished rollout is. */
    public boolean complete(ClusterPlan plan) {
        return plan.revision().equals(revision)
                && current
                && (!(plan.scale() instanceof ScalePlan.Fixed fixed) || fixed.replicas() == desired)
                && updated == desired
                && ready == desired
                && available == desired
                && replicas == desired;
    }
}
