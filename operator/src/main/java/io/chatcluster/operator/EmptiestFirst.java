package io.chatcluster.operator;

import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ScalePlan;
import io.chatcluster.operator.status.ConnectionReadings.Reading;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Writes on chat pods, while there may soon be fewer of them, which is to go first. */
@ApplicationScoped
public class EmptiestFirst {
    private static final Logger LOG = Logger.getLogger(EmptiestFirst.class);
    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(Labels.OPERATOR)
            .build();

    private final KubernetesClient client;

    EmptiestFirst(KubernetesClient client) {
        this.client = client;
    }

    /** To be called before the number of pods is written. */
    void mark(ScalePlan scale, Deployment deployment, Collection<Pod> pods, List<Reading> readings) {
        if (!mayShrink(scale, deployment)) {
            return;
        }
        var byName =
                pods.stream().collect(Collectors.toMap(pod -> pod.getMetadata().getName(), Function.identity()));
        var connections = readings.stream()
                .filter(reading -> byName.containsKey(reading.pod()))
                .collect(Collectors.toMap(Reading::pod, Reading::connections));
        var annotations = connections.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> Objects.requireNonNullElse(
                                Objects.requireNonNull(byName.get(name))
                                        .getMetadata()
                                        .getAnnotations(),
                                Map.<String, String>of())));
        DeletionCosts.changes(connections, annotations)
                .forEach((name, cost) -> write(Objects.requireNonNull(byName.get(name)), cost));
    }

    /** An autoscaler may take any pod above its minimum; the operator itself is about to where the spec wants fewer. */
    static boolean mayShrink(ScalePlan scale, Deployment deployment) {
        var live = deployment.getSpec().getReplicas();
        return switch (scale) {
            case ScalePlan.Fixed fixed -> live > fixed.replicas();
            case ScalePlan.Autoscaled autoscaled -> live > autoscaled.minReplicas();
            case ScalePlan.Kept kept -> false;
        };
    }

    private void write(Pod pod, int cost) {
        var metadata = pod.getMetadata();
        try {
            client.pods()
                    .inNamespace(metadata.getNamespace())
                    .withName(metadata.getName())
                    .patch(
                            MERGE,
                            "{\"metadata\":{\"annotations\":{\"%s\":\"%d\"}}}"
                                    .formatted(DeletionCosts.ANNOTATION, cost));
        } catch (KubernetesClientException e) {
            // The pod may be gone. Any other pod may go first then, which costs some reconnects and nothing else.
            LOG.warnf(
                    "Pod %s/%s keeps its old deletion cost: %s",
                    metadata.getNamespace(), metadata.getName(), e.getMessage());
        }
    }
}
