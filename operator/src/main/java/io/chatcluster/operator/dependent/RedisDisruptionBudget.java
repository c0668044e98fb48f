package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.stream.Stream;

/** Lets one Redis server at a time be evicted: each room uses two. */
public final class RedisDisruptionBudget extends PlannedSet<PodDisruptionBudget> {
    public RedisDisruptionBudget() {
        super(PodDisruptionBudget.class, Component.REDIS);
    }

    @Override
    Stream<PodDisruptionBudget> desired(ClusterPlan plan) {
        return RedisShards.of(plan)
                .map(tier -> new PodDisruptionBudgetBuilder()
                        .withMetadata(PlannedResource.metadata(
                                plan, Component.REDIS, plan.names().redis()))
                        .withNewSpec()
                        .withMaxUnavailable(new IntOrString(1))
                        // A pod that is not ready serves nobody: it must not keep a node from being emptied.
                        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                        .withNewSelector()
                        .withMatchLabels(Labels.selector(plan.names().name(), Component.REDIS))
                        .endSelector()
                        .endSpec()
                        .build());
    }
}
