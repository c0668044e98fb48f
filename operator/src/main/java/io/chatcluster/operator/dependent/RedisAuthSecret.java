package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.SecretsPlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The password of the Redis tier, as the chat pods and as the Redis servers read it. */
public final class RedisAuthSecret extends PlannedSecret {
    public RedisAuthSecret() {
        super(Component.REDIS);
    }

    @Override
    String name(ClusterPlan plan) {
        return plan.names().redisAuth();
    }

    @Override
    @Nullable
    Map<String, String> content(SecretsPlan secrets) {
        return secrets.redisAuth();
    }
}
