package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.harness.OnAChatOfItsOwn;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnAChatOfItsOwn
class ChangeOfPartsIT {
    private static final String EVERYTHING = """
            {"spec": {
              "replicas": null,
              "autoscaling": {"minReplicas": 1, "maxReplicas": 2},
              "ingress": {"host": "chat.example.com"}}}
            """;
    private static final String LESS = """
            {"spec": {
              "replicas": 1,
              "autoscaling": null,
              "ingress": null,
              "redis": {"managed": null, "external": {"endpoints": ["redis.chatcluster-e2e-parts.svc:6379"]}}}}
            """;

    private static final String TOO_LARGE = """
            {"spec": {"redis": {"managed": {"shards": 3, "resources": {"requests": {"memory": "900Gi"}}}}}}
            """;

    private final KubernetesClient client = TestChat.client();
    private final TestChat chat = TestChat.prepared("chatcluster-e2e-parts", "parts");

    @AfterEach
    void remove() {
        chat.remove();
    }

    @Test
    void shouldMakeWhatTheSpecAsksForAndTakeAwayWhatItNoLongerDoes() {
        // Given
        chat.apply();
        await().atMost(TestChat.READY).until(() -> parts().contains("StatefulSet parts-redis-1"));

        // When
        chat.patch(EVERYTHING);

        // Then
        await().atMost(TestChat.READY)
                .untilAsserted(() -> assertThat(parts())
                        .contains(
                                "HorizontalPodAutoscaler parts-chat",
                                "Ingress parts-chat",
                                "StatefulSet parts-redis-0",
                                "StatefulSet parts-redis-1",
                                "NetworkPolicy parts-redis",
                                "PodDisruptionBudget parts-redis"));

        // When
        runRedis();
        chat.patch(LESS);

        // Then
        await().atMost(TestChat.READY)
                .untilAsserted(() -> assertThat(parts())
                        .containsExactlyInAnyOrder("NetworkPolicy parts-chat", "PodDisruptionBudget parts-chat"));
    }

    @Test
    void shouldTurnBackFromRedisServersThatDoNotCome() {
        // Given
        chat.apply();
        chat.awaitReady();
        var before = chat.chatPodNames();
        chat.patch(TOO_LARGE);
        chat.awaitReason("RedisReady", "ShardsNotReady", "parts-redis-0", "parts-redis-2");

        // When
        chat.patch("{\"spec\": {\"redis\": null}}");

        // Then
        chat.awaitCondition("Ready", "True");
        await().atMost(TestChat.READY)
                .untilAsserted(() -> assertThat(parts())
                        .contains("StatefulSet parts-redis-0", "StatefulSet parts-redis-1")
                        .doesNotContain("StatefulSet parts-redis-2"));
        assertThat(chat.chatPodNames()).isEqualTo(before);
    }

    /** A Redis server that is not the operator's, with its image: the operator's stay until chat works with another. */
    private void runRedis() {
        var own = client.apps()
                .statefulSets()
                .inNamespace(chat.namespace())
                .withName("parts-redis-0")
                .require()
                .getSpec()
                .getTemplate()
                .getSpec();
        var labels = Map.of("app", "redis");
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(chat.namespace())
                        .withName("redis")
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withAutomountServiceAccountToken(false)
                        .withSecurityContext(own.getSecurityContext())
                        .addNewContainer()
                        .withName("redis")
                        .withImage(own.getContainers().getFirst().getImage())
                        .withImagePullPolicy("IfNotPresent")
                        .withSecurityContext(own.getContainers().getFirst().getSecurityContext())
                        .withCommand("redis-server")
                        .withArgs("--bind", "*", "-::*", "--protected-mode", "no", "--save", "")
                        .endContainer()
                        .endSpec()
                        .build())
                .serverSideApply();
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(chat.namespace())
                        .withName("redis")
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(labels)
                        .addNewPort()
                        .withPort(6379)
                        .endPort()
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    /** The children of kinds that come and go, by kind and name. */
    private List<String> parts() {
        var namespace = chat.namespace();
        return Stream.of(
                        client.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.autoscaling()
                                .v2()
                                .horizontalPodAutoscalers()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.network()
                                .v1()
                                .ingresses()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .flatMap(List::stream)
                .map(HasMetadata.class::cast)
                .map(part -> part.getKind() + " " + part.getMetadata().getName())
                .toList();
    }
}
