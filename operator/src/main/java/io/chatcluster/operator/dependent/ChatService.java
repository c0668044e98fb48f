package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** Where clients reach the chat pods. */
public final class ChatService extends PlannedResource<Service> {
    public ChatService() {
        super(Service.class);
    }

    @Override
    Service desired(ClusterPlan plan) {
        return new ServiceBuilder()
                .withMetadata(metadata(plan, Component.RUNTIME, plan.names().chat()))
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(plan.chatSelector())
                .addNewPort()
                .withName("http")
                .withProtocol("TCP")
                .withPort(80)
                .withTargetPort(new IntOrString("http"))
                .endPort()
                .endSpec()
                .build();
    }
}
