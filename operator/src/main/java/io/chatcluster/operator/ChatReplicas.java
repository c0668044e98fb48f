package io.chatcluster.operator;

import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.ScalePlan;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sets the number of chat pods, unless an autoscaler does. It is applied apart from the rest of the Deployment, under a name
 * of its own: a number that is no longer applied then stays as it is, where the API server would otherwise reset it to 1.
 */
@ApplicationScoped
public class ChatReplicas {
    static final String FIELD_MANAGER = Labels.OPERATOR + "-replicas";

    /** Field managers of autoscalers: the HorizontalPodAutoscaler's controller, and KEDA, which brings too few to the fewest itself. */
    static final Set<String> AUTOSCALERS = Set.of("kube-controller-manager", "keda");

    private final KubernetesClient client;

    ChatReplicas(KubernetesClient client) {
        this.client = client;
    }

    /** Brings the number to what is planned. */
    void keep(ClusterPlan plan, Deployment deployment) {
        var wanted = wanted(plan.scale(), deployment);
        if (wanted != null) {
            client.resource(apply(plan, wanted))
                    .fieldManager(FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    /** The number to apply; absent where it is as it should be or not the operator's to decide. */
    static @Nullable Integer wanted(ScalePlan scale, Deployment deployment) {
        var live = deployment.getSpec().getReplicas();
        var owners = owners(deployment);
        return switch (scale) {
            case ScalePlan.Fixed fixed ->
                owners.contains(FIELD_MANAGER) && fixed.replicas() == live ? null : (Integer) fixed.replicas();
            // An autoscaler leaves alone what has no pods.
            case ScalePlan.Autoscaled autoscaled ->
                owners.isEmpty() || live == 0 ? (Integer) autoscaled.initial() : null;
            case ScalePlan.Kept kept -> kept(kept, deployment, owners);
        };
    }

    private static @Nullable Integer kept(ScalePlan.Kept kept, Deployment deployment, Set<String> owners) {
        var live = deployment.getSpec().getReplicas();
        if (owners.contains(FIELD_MANAGER)) {
            // No pods at all are what spec.replicas said: nobody means that without saying so.
            return live == 0 ? (Integer) kept.initial() : null;
        }
        if (!Collections.disjoint(owners, AUTOSCALERS)) {
            return live;
        }
        var annotations = deployment.getMetadata().getAnnotations();
        var before = annotations == null ? null : annotations.get(Annotations.REPLICAS);
        return before == null || !before.matches("[0-9]{1,4}") ? (Integer) kept.initial() : Integer.valueOf(before);
    }

    private static Set<String> owners(Deployment deployment) {
        return deployment.getMetadata().getManagedFields().stream()
                .filter(ChatReplicas::ownsReplicas)
                .map(ManagedFieldsEntry::getManager)
                .collect(Collectors.toSet());
    }

    private static boolean ownsReplicas(ManagedFieldsEntry entry) {
        var fields = entry.getFieldsV1();
        return fields != null
                && fields.getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                && spec.containsKey("f:replicas");
    }

    private static Deployment apply(ClusterPlan plan, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(plan.names().namespace())
                .withName(plan.names().chat())
                .addToAnnotations(Annotations.REPLICAS, Integer.toString(replicas))
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
    }
}
