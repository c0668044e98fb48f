package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.plan.ClusterPlan;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Carries the plan and the pods' target from the reconciler to the objects that are made from it, within one reconciliation. */
public final class PlanHolder {
    private PlanHolder() {}

    public static void hold(Context<ChatCluster> context, ClusterPlan plan) {
        context.managedWorkflowAndDependentResourceContext().put(ClusterPlan.class, plan);
    }

    public static void hold(Context<ChatCluster> context, Target target) {
        context.managedWorkflowAndDependentResourceContext().put(Target.class, target);
    }

    static Target targetOf(Context<ChatCluster> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(Target.class, Target.class);
    }

    static ClusterPlan planOf(Context<ChatCluster> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(ClusterPlan.class, ClusterPlan.class);
    }
}
