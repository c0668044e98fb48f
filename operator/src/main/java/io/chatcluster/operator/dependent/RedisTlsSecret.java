package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.SecretsPlan;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The authority of the Redis tier, which chat pods trust, and the certificate of its servers. */
// Of this kind the SDK would otherwise replace the whole object, for which there is no right.
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class RedisTlsSecret extends PlannedSecret {
    public RedisTlsSecret() {
        super(Component.REDIS);
    }

    @Override
    String name(ClusterPlan plan) {
        return plan.names().redisTls();
    }

    @Override
    @Nullable
    Map<String, String> content(SecretsPlan secrets) {
        return secrets.redisTls();
    }
}
