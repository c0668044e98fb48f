package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

/** What the chat pods are told. */
public final class ChatConfigMap extends PlannedResource<ConfigMap> {
    public ChatConfigMap() {
        super(ConfigMap.class);
    }

    @Override
    ConfigMap desired(ClusterPlan plan) {
        return new ConfigMapBuilder()
                .withMetadata(metadata(plan, Component.RUNTIME, plan.names().chat()))
                .addToData("application.properties", plan.chat().properties())
                .build();
    }
}
