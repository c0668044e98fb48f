package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** An object of which every ChatCluster has one. It is made, kept as the plan says, and goes with its owner. */
public abstract class PlannedResource<R extends HasMetadata> extends ComparedResource<R> {

    protected PlannedResource(Class<R> type) {
        super(type);
    }

    /** The object as it should be. */
    abstract R desired(ClusterPlan plan);

    @Override
    protected final R desired(ChatCluster primary, Context<ChatCluster> context) {
        return desired(PlanHolder.planOf(context), context);
    }

    /** The object as it should be, where that depends on more than the plan. */
    R desired(ClusterPlan plan, Context<ChatCluster> context) {
        return desired(plan);
    }

    static ObjectMeta metadata(ClusterPlan plan, Component component, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(plan.names().namespace())
                .withName(name)
                .withLabels(plan.labels(component))
                .build();
    }
}
