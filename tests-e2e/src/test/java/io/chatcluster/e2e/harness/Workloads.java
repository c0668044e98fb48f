package io.chatcluster.e2e.harness;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** What runs of a ChatCluster, as Kubernetes tells it: a status may still speak of the moment before a loss. */
record Workloads(KubernetesClient client, String namespace, String name) {
    private static final String INSTANCE = "app.kubernetes.io/instance";
    private static final String COMPONENT = "app.kubernetes.io/component";
    private static final Duration ANSWER = Duration.ofSeconds(20);

    /** Those of the chat that take traffic. */
    List<Pod> chatPods() {
        return ready("runtime");
    }

    /** Those of Redis that answer. */
    List<Pod> redisPods() {
        return ready("redis");
    }

    /** Whether every pod that there should be is ready, and no pod of a Deployment or a StatefulSet that is gone is left. */
    boolean areUp() {
        var chat = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name + "-chat")
                .get();
        var shards = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withLabel(INSTANCE, name)
                .list()
                .getItems();
        return chat != null
                && Readiness.isDeploymentReady(chat)
                && chatPods().size() == chat.getSpec().getReplicas()
                && !shards.isEmpty()
                && shards.stream().allMatch(Readiness::isStatefulSetReady)
                && redisPods().size() == shards.size();
    }

    URI serviceAddress() {
        var spec = client.services()
                .inNamespace(namespace)
                .withName(name + "-chat")
                .require()
                .getSpec();
        return URI.create("http://" + spec.getClusterIP() + ":"
                + spec.getPorts().getFirst().getPort());
    }

    /** Whether somebody answers at the Service. */
    boolean isServed() {
        var request =
                HttpRequest.newBuilder(serviceAddress().resolve("/config.json")).build();
        try (var http = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
            return WholeAnswer.of(http.sendAsync(request, BodyHandlers.discarding()), ANSWER)
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Whether the process of {@code killed}, as it was before, was started again and takes traffic. */
    boolean isBack(Pod killed) {
        var now = client.pods()
                .inNamespace(namespace)
                .withName(killed.getMetadata().getName())
                .get();
        return now != null && restarts(now) > restarts(killed) && Readiness.isPodReady(now);
    }

    void deleteRedisPods() {
        client.pods()
                .inNamespace(namespace)
                .withLabel(INSTANCE, name)
                .withLabel(COMPONENT, "redis")
                .withGracePeriod(0)
                .delete();
    }

    private List<Pod> ready(String component) {
        return client
                .pods()
                .inNamespace(namespace)
                .withLabel(INSTANCE, name)
                .withLabel(COMPONENT, component)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(Readiness::isPodReady)
                .toList();
    }

    private static int restarts(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .mapToInt(ContainerStatus::getRestartCount)
                .sum();
    }
}
