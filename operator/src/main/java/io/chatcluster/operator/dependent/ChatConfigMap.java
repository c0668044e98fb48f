package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** What the chat pods are told. */
// Of this kind the SDK would otherwise replace the whole object, for which there is no right.
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
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
