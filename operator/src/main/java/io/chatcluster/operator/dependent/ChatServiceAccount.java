package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;

/** Who the chat pods are: nobody to Kubernetes, perhaps a role to AWS. */
public final class ChatServiceAccount extends PlannedResource<ServiceAccount> {
    public ChatServiceAccount() {
        super(ServiceAccount.class);
    }

    @Override
    ServiceAccount desired(ClusterPlan plan) {
        return desired(plan, plan.chat().serviceAccountAnnotations());
    }

    /** With the role of the pods that are to be there, which after a rollback is not the one of the spec. */
    @Override
    ServiceAccount desired(ClusterPlan plan, Context<ChatCluster> context) {
        var identity = PlanHolder.targetOf(context).revision().identity();
        return desired(plan, identity == null ? plan.chat().serviceAccountAnnotations() : identity);
    }

    private static ServiceAccount desired(ClusterPlan plan, Map<String, String> annotations) {
        return new ServiceAccountBuilder()
                .withMetadata(metadata(plan, Component.RUNTIME, plan.names().chat()))
                .editMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .withAutomountServiceAccountToken(false)
                .build();
    }
}
