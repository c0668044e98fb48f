package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

/** The key with which the application's back end signs its users' tokens, and the public half for the chat pods. */
public final class SigningKeySecret extends PlannedResource<Secret> {
    public SigningKeySecret() {
        super(Secret.class);
    }

    @Override
    Secret desired(ClusterPlan plan) {
        return new SecretBuilder()
                .withMetadata(metadata(plan, Component.RUNTIME, plan.names().signingKey()))
                .withType("Opaque")
                .withData(plan.secrets().signingKey())
                .build();
    }
}
