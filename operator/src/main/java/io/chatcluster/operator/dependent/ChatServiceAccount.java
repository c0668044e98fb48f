package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/** Who the chat pods are: nobody to Kubernetes, perhaps a role to AWS. */
public final class ChatServiceAccount extends PlannedResource<ServiceAccount> {
    public ChatServiceAccount() {
        super(ServiceAccount.class);
    }

    @Override
    ServiceAccount desired(ClusterPlan plan) {
        return new ServiceAccountBuilder()
                .withMetadata(metadata(plan, Component.RUNTIME, plan.names().chat()))
                .editMetadata()
                .withAnnotations(plan.chat().serviceAccountAnnotations())
                .endMetadata()
                .withAutomountServiceAccountToken(false)
                .build();
    }
}
