package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.harness.OnAChatOfItsOwn;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
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
              "redis": {"managed": null, "external": {"endpoints": ["redis.example.com:6379"]}}}}
            """;

    private final KubernetesClient client = TestChat.client();
    private final TestChat chat = TestChat.prepared("chatcluster-e2e-parts", "parts");

    @AfterEach
    void remove() {
        chat.delete();
        client.namespaces().withName(chat.namespace()).delete();
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
        chat.patch(LESS);

        // Then
        await().atMost(TestChat.READY)
                .untilAsserted(() -> assertThat(parts())
                        .containsExactlyInAnyOrder("NetworkPolicy parts-chat", "PodDisruptionBudget parts-chat"));
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
