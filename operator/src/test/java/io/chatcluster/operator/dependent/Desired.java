package io.chatcluster.operator.dependent;

import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;

/** Objects as their dependents want them, for tests outside of this package. */
public final class Desired {
    private Desired() {}

    public static Deployment deployment(ClusterPlan plan) {
        return new ChatDeployment().desired(plan);
    }

    public static HorizontalPodAutoscaler autoscaler(ClusterPlan plan) {
        return new ChatAutoscaler().desired(plan).findFirst().orElseThrow();
    }
}
