package io.chatcluster.operator.status;

import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.ScalePlan;
import org.jspecify.annotations.Nullable;

/**
 * The chat Deployment as its controller last saw it.
 *
 * @param wanted revision that the plan wants
 * @param revision revision that the Deployment was written from; absent where another hand took the annotation away
 * @param current whether the controller has seen the newest Deployment: the counts speak of an older one otherwise
 * @param desired pods that there should be
 * @param replicas pods that exist
 * @param updated pods made from the newest template
 * @param stuck why it goes no further; absent where it does
 * @param rolledBack why pods are not to be what the plan wants but what they were before; absent where they are to be it
 * @param waiting what the first new pod waits for, or why there is to be none yet, or what keeps those that pods were gone back
 *     to from coming up; absent where nothing does
 */
public record RolloutObservation(
        String wanted,
        @Nullable String revision,
        boolean current,
        int desired,
        int replicas,
        int updated,
        int ready,
        int available,
        @Nullable String stuck,
        @Nullable String rolledBack,
        @Nullable String waiting) {

    /** Whether pods are not yet to be what the plan wants. */
    boolean held() {
        return waiting != null && rolledBack == null && !wanted.equals(revision);
    }

    /** Whether every pod is made from this plan and ready. The one place that says what a finished rollout is. */
    public boolean complete(ClusterPlan plan) {
        return wanted.equals(revision)
                && current
                && (!(plan.scale() instanceof ScalePlan.Fixed fixed) || fixed.replicas() == desired)
                && updated == desired
                && ready == desired
                && available == desired
                && replicas == desired;
    }
}
