package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.SecretsPlan;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The key with which the application's back end signs its users' tokens, and the public half for the chat pods. */
// Of this kind the SDK would otherwise replace the whole object, for which there is no right.
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class SigningKeySecret extends PlannedSecret {
    public SigningKeySecret() {
        super(Component.RUNTIME);
    }

    @Override
    String name(ClusterPlan plan) {
        return plan.names().signingKey();
    }

    @Override
    @Nullable
    Map<String, String> content(SecretsPlan secrets) {
        return secrets.signingKey();
    }
}
