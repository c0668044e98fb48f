package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.CRUDKubernetesBulkDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Objects of which a ChatCluster has as many as its plan says, perhaps none; those no longer wanted are deleted. */
public abstract class PlannedSet<R extends HasMetadata> extends ComparedResource<R>
        implements CRUDKubernetesBulkDependentResource<R, ChatCluster> {
    private final Component component;

    /** Objects of this type and this component belong to the set, and to no other. */
    protected PlannedSet(Class<R> type, Component component) {
        super(type);
        this.component = component;
    }

    /** The objects as they should be. */
    abstract Stream<R> desired(ClusterPlan plan);

    /** The objects as they should be, where that depends on more than the plan. */
    Stream<R> desired(ClusterPlan plan, Context<ChatCluster> context) {
        return desired(plan);
    }

    /** Whether objects no longer wanted stay for now, for what is to take their place does not work yet. */
    boolean isStillNeeded(ClusterPlan plan, Context<ChatCluster> context) {
        return false;
    }

    @Override
    public final void deleteTargetResource(ChatCluster primary, R object, ResourceID id, Context<ChatCluster> context) {
        if (!isStillNeeded(PlanHolder.planOf(context), context)) {
            super.deleteTargetResource(primary, object, id, context);
        }
    }

    @Override
    public final Map<ResourceID, R> desiredResources(ChatCluster primary, Context<ChatCluster> context) {
        return byId(desired(PlanHolder.planOf(context), context));
    }

    @Override
    public final Map<ResourceID, R> getSecondaryResources(ChatCluster primary, Context<ChatCluster> context) {
        return byId(context.getSecondaryResourcesAsStream(resourceType()).filter(this::isMine));
    }

    boolean isMine(R object) {
        var labels = object.getMetadata().getLabels();
        return labels != null && component.value().equals(labels.get(Labels.COMPONENT));
    }

    private static <R extends HasMetadata> Map<ResourceID, R> byId(Stream<R> objects) {
        return objects.collect(Collectors.toMap(ResourceID::fromResource, Function.identity()));
    }
}
