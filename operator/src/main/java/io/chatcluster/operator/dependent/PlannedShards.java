package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.ResourceIDMapper;
import io.javaoperatorsdk.operator.processing.dependent.CRUDKubernetesBulkDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An object of which every Redis server has one; those of servers that are no longer wanted are deleted. */
public abstract class PlannedShards<R extends HasMetadata> extends CRUDKubernetesDependentResource<R, ChatCluster>
        implements CRUDKubernetesBulkDependentResource<R, ChatCluster> {

    protected PlannedShards(Class<R> type) {
        super(type);
    }

    /** The object of one Redis server, counted from 0, as it should be. */
    abstract R desired(ClusterPlan plan, int shard);

    @Override
    public final Map<ResourceID, R> desiredResources(ChatCluster primary, Context<ChatCluster> context) {
        var plan = PlanHolder.planOf(context);
        return IntStream.range(0, plan.redis().shards())
                .mapToObj(shard -> desired(plan, shard))
                .collect(Collectors.toMap(ResourceID::fromResource, Function.identity()));
    }

    @Override
    public final Map<ResourceID, R> getSecondaryResources(ChatCluster primary, Context<ChatCluster> context) {
        var mapper = ResourceIDMapper.<R>kubernetesResourceIdMapper();
        return context.getSecondaryResourcesAsStream(resourceType())
                .filter(PlannedShards::belongsToRedis)
                .collect(Collectors.toMap(mapper::idFor, Function.identity()));
    }

    private static boolean belongsToRedis(HasMetadata object) {
        var labels = object.getMetadata().getLabels();
        return labels != null && Component.REDIS.value().equals(labels.get(Labels.COMPONENT));
    }
}
