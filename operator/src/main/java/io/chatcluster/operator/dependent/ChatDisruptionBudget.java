package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/** Lets one chat pod at a time be evicted. */
public final class ChatDisruptionBudget extends PlannedResource<PodDisruptionBudget> {
    public ChatDisruptionBudget() {
        super(PodDisruptionBudget.class);
    }

    @Override
    PodDisruptionBudget desired(ClusterPlan plan) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(metadata(plan, Component.RUNTIME, plan.names().chat()))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                // A pod that is not ready serves nobody: it must not keep a node from being emptied.
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(Labels.selector(plan.names().name(), Component.RUNTIME))
                .endSelector()
                .endSpec()
                .build();
    }
}
