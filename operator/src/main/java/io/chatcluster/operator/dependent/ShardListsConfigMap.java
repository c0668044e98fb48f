package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.ShardLists;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** Where chat pods find Redis. They read it again as it changes, and so it is apart from what they read only at start. */
// Of this kind the SDK would otherwise replace the whole object, for which there is no right.
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class ShardListsConfigMap extends PlannedResource<ConfigMap> {
    public ShardListsConfigMap() {
        super(ConfigMap.class);
    }

    @Override
    ConfigMap desired(ClusterPlan plan) {
        return desired(plan, plan.redis().lists());
    }

    @Override
    ConfigMap desired(ClusterPlan plan, Context<ChatCluster> context) {
        var lists = plan.redis().lists();
        return desired(plan, PlanHolder.targetOf(context).planned() ? lists : lists.ofPodsThereAre());
    }

    private static ConfigMap desired(ClusterPlan plan, ShardLists lists) {
        return new ConfigMapBuilder()
                .withMetadata(metadata(plan, Component.RUNTIME, plan.names().shardLists()))
                .addToData(ShardLists.FILE, lists.text())
                .build();
    }
}
