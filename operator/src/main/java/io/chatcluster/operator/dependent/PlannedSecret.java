package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.SecretsPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.CRUDKubernetesBulkDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Secret that the operator makes where it is needed. It stays until its ChatCluster goes, needed or not: so the operator
 * needs no right to delete Secrets, and who changes their mind finds the old content.
 */
public abstract class PlannedSecret extends ComparedResource<Secret>
        implements CRUDKubernetesBulkDependentResource<Secret, ChatCluster> {
    private final Component component;

    protected PlannedSecret(Component component) {
        super(Secret.class);
        this.component = component;
    }

    abstract String name(ClusterPlan plan);

    /** What it should hold; absent where it is not needed. */
    abstract @Nullable Map<String, String> content(SecretsPlan secrets);

    Stream<Secret> desired(ClusterPlan plan) {
        return Stream.ofNullable(content(plan.secrets()))
                .map(content -> new SecretBuilder()
                        .withMetadata(PlannedResource.metadata(plan, component, name(plan)))
                        .withType("Opaque")
                        .withData(new TreeMap<>(content))
                        .build());
    }

    @Override
    public final Map<ResourceID, Secret> desiredResources(ChatCluster primary, Context<ChatCluster> context) {
        return desired(PlanHolder.planOf(context))
                .collect(Collectors.toMap(ResourceID::fromResource, secret -> secret));
    }

    @Override
    public final Map<ResourceID, Secret> getSecondaryResources(ChatCluster primary, Context<ChatCluster> context) {
        var wanted = desiredResources(primary, context).keySet();
        return context.getSecondaryResourcesAsStream(Secret.class)
                .filter(secret -> wanted.contains(ResourceID.fromResource(secret)))
                .collect(Collectors.toMap(ResourceID::fromResource, secret -> secret));
    }
}
