package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.plan.ClusterPlan;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Carries the plan from the reconciler to the objects that are made from it, within one reconciliation. */
public final class PlanHolder {
    private PlanHolder() {}

    public static void hold(Context<ChatCluster> context, ClusterPlan plan) {
        context.managedWorkflowAndDependentResourceContext().put(ClusterPlan.class, plan);
    }

    static ClusterPlan planOf(Context<ChatCluster> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(ClusterPlan.class, ClusterPlan.class);
    }
}
