package io.chatcluster.operator;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes what Kubernetes' controllers and the kubelet would, on an API server that has none. */
final class Controllers {
    private final KubernetesClient client;
    private final String namespace;

    Controllers(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    Deployment deployment() {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("demo-chat")
                .require();
    }

    /** Every Redis server runs. */
    void startShards() {
        client.apps().statefulSets().inNamespace(namespace).list().getItems().forEach(shard -> {
            shard.setStatus(new StatefulSetStatusBuilder()
                    .withObservedGeneration(shard.getMetadata().getGeneration())
                    .withReplicas(1)
                    .withReadyReplicas(1)
                    .withUpdatedReplicas(1)
                    .withAvailableReplicas(1)
                    .withCurrentRevision("1")
                    .withUpdateRevision("1")
                    .build());
            client.resource(shard).updateStatus();
        });
    }

    /** All pods are of the Deployment's template and ready; those of others are gone. */
    void complete() {
        pods().forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
        var deployment = deployment();
        var replicas = deployment.getSpec().getReplicas();
        for (int i = 0; i < replicas; i++) {
            make(
                    deployment,
                    "demo-chat-%s-%d".formatted(deployment.getMetadata().getGeneration(), i),
                    running());
        }
        status(deployment, replicas, replicas, replicas, "True", "ReplicaSet has successfully progressed.");
    }

    /** The first new pod is there beside the old ones, and its only container waits for this reason. */
    void startOne(String pod, String waiting) {
        var deployment = deployment();
        var container = new ContainerStatusBuilder()
                .withName("chat")
                .withImage(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .withImageID("")
                .withReady(false)
                .withRestartCount(0)
                .withNewState()
                .withNewWaiting()
                .withReason(waiting)
                .endWaiting()
                .endState()
                .build();
        var replicas = deployment.getSpec().getReplicas();
        status(deployment, replicas + 1, 1, replicas, "True", "ReplicaSet is progressing.");
        make(deployment, pod, container);
    }

    /** The Deployment's controller gives up waiting. */
    void exceedDeadline() {
        var deployment = deployment();
        var replicas = deployment.getSpec().getReplicas();
        status(deployment, replicas + 1, 1, replicas, "False", "ReplicaSet has timed out progressing.");
    }

    List<Pod> pods() {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    private void make(Deployment deployment, String name, ContainerStatus container) {
        var template = deployment.getSpec().getTemplate();
        var pod = client.resource(new PodBuilder()
                        .withMetadata(template.getMetadata())
                        .editMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build())
                .create();
        pod.setStatus(new PodStatusBuilder()
                .withPhase("Running")
                .withPodIP("10.99.0.1")
                .addNewPodIP("10.99.0.1")
                .withContainerStatuses(container)
                .addNewCondition()
                .withType("Ready")
                .withStatus(container.getReady() ? "True" : "False")
                .withLastTransitionTime(now())
                .endCondition()
                .build());
        client.resource(pod).updateStatus();
    }

    private static ContainerStatus running() {
        return new ContainerStatusBuilder()
                .withName("chat")
                .withImage("")
                .withImageID("")
                .withReady(true)
                .withRestartCount(0)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .build();
    }

    private void status(
            Deployment deployment, int replicas, int updated, int ready, String progressing, String message) {
        deployment.setStatus(new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(replicas)
                .withUpdatedReplicas(updated)
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .addNewCondition()
                .withType("Progressing")
                .withStatus(progressing)
                .withReason("Test")
                .withMessage(message)
                .withLastUpdateTime(now())
                .withLastTransitionTime(now())
                .endCondition()
                .build());
        client.resource(deployment).updateStatus();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
