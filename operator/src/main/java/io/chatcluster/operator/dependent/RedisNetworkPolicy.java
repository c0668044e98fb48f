package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.stream.Stream;

/** Redis servers take connections from their chat pods only, and make none. */
public final class RedisNetworkPolicy extends PlannedSet<NetworkPolicy> {
    public RedisNetworkPolicy() {
        super(NetworkPolicy.class, Component.REDIS);
    }

    @Override
    Stream<NetworkPolicy> desired(ClusterPlan plan) {
        return RedisShards.of(plan)
                .map(tier -> new NetworkPolicyBuilder()
                        .withMetadata(PlannedResource.metadata(
                                plan, Component.REDIS, plan.names().redis()))
                        .withNewSpec()
                        .withNewPodSelector()
                        .withMatchLabels(Labels.selector(plan.names().name(), Component.REDIS))
                        .endPodSelector()
                        .withPolicyTypes("Ingress", "Egress")
                        .addNewIngress()
                        .addNewPort()
                        .withProtocol("TCP")
                        .withPort(new IntOrString("redis"))
                        .endPort()
                        .addNewFrom()
                        .withNewPodSelector()
                        .withMatchLabels(plan.chatSelector())
                        .endPodSelector()
                        .endFrom()
                        .endIngress()
                        .endSpec()
                        .build());
    }
}
