package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

/** The password of the Redis tier, as the chat pods and as the Redis servers read it. */
public final class RedisAuthSecret extends PlannedResource<Secret> {
    public RedisAuthSecret() {
        super(Secret.class);
    }

    @Override
    Secret desired(ClusterPlan plan) {
        return new SecretBuilder()
                .withMetadata(metadata(plan, Component.REDIS, plan.names().redisAuth()))
                .withType("Opaque")
                .withData(plan.secrets().redisAuth())
                .build();
    }
}
