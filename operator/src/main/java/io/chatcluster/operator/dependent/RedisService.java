package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.stream.Stream;

/** The name of one Redis server. */
public final class RedisService extends PlannedSet<Service> {
    public RedisService() {
        super(Service.class, Component.REDIS);
    }

    @Override
    Stream<Service> desired(ClusterPlan plan) {
        return RedisShards.numbers(plan).map(shard -> shard(plan, shard));
    }

    private static Service shard(ClusterPlan plan, int shard) {
        return new ServiceBuilder()
                .withMetadata(PlannedResource.metadata(
                        plan, Component.REDIS, plan.names().redisShard(shard)))
                .withNewSpec()
                .withType("ClusterIP")
                .withClusterIP("None")
                // A chat pod may connect as soon as the server listens, whatever the probes say.
                .withPublishNotReadyAddresses(true)
                .withSelector(Labels.shardSelector(plan.names().name(), shard))
                .addNewPort()
                .withName("redis")
                .withProtocol("TCP")
                .withPort(RedisStatefulSet.PORT)
                .withTargetPort(new IntOrString("redis"))
                .endPort()
                .endSpec()
                .build();
    }
}
