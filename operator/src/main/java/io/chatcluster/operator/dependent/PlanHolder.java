package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.plan.ClusterPlan;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/**
 * Carries the plan, the pods' target and what was compared before from the reconciler to the objects that are made from it, within one
 * reconciliation.
 */
public final class PlanHolder {
    private PlanHolder() {}

    public static void hold(
            Context<ChatCluster> context, ClusterPlan plan, Target target, Comparisons.Visit comparisons) {
        var held = context.managedWorkflowAndDependentResourceContext();
        held.put(ClusterPlan.class, plan);
        held.put(Target.class, target);
        held.put(Comparisons.Visit.class, comparisons);
    }

    static Comparisons.Visit comparisonsOf(Context<ChatCluster> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(Comparisons.Visit.class, Comparisons.Visit.class);
    }

    static Target targetOf(Context<ChatCluster> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(Target.class, Target.class);
    }

    static ClusterPlan planOf(Context<ChatCluster> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(ClusterPlan.class, ClusterPlan.class);
    }
}
