package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What keeps a ChatCluster from coming or from going, and what the status and the Events say about it. */
class ObstacleIT {
    private static final Duration STEP = Duration.ofMinutes(2);

    @Test
    void shouldSayWhenAQuotaRefusesPods() {
        // Given
        var chat = TestChat.prepared("chatcluster-e2e-quota", "modest");
        TestChat.client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace(chat.namespace())
                        .withName("none")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("0"))
                        .endSpec()
                        .build())
                .create();

        // When
        chat.apply();

        // Then
        chat.awaitReason("Progressing", "RolloutStuck", "exceeded quota", "none");
        assertThat(chat.condition("Available").orElseThrow().getStatus()).isEqualTo("False");
        chat.deleteNamespace();
    }

    @Test
    void shouldGoWithItsNamespace() {
        // Given
        var chat = TestChat.prepared("chatcluster-e2e-namespace", "doomed");
        chat.apply();
        chat.awaitCondition("StorageReady", "True");

        // When
        chat.deleteNamespace();

        // Then
        assertThat(TestChat.client()
                        .resources(ChatCluster.class)
                        .inAnyNamespace()
                        .list()
                        .getItems())
                .noneMatch(cluster -> cluster.getMetadata().getName().equals("doomed"));
    }

    @Test
    void shouldWaitWithItsDeletionForDynamoDbUnlessToldNotTo() {
        // Given
        var chat = TestChat.prepared("chatcluster-e2e-unreachable", "stranded");
        var way = wayToDynamoDb(chat.namespace());
        chat.apply(cluster -> {
            var endpoint = "http://way.%s.svc:8000".formatted(chat.namespace());
            return cluster.replace("http://dynamodb.chatcluster-system.svc:8000", endpoint);
        });
        chat.awaitCondition("StorageReady", "True");

        // When
        TestChat.client().resource(way).delete();
        chat.delete();

        // Then
        await().atMost(STEP)
                .untilAsserted(() -> assertThat(TestChat.client()
                                .events()
                                .v1()
                                .events()
                                .inNamespace(chat.namespace())
                                .list()
                                .getItems())
                        .anyMatch(event -> "DeletionBlocked".equals(event.getReason())));
        assertThat(chat.resource().getMetadata().getFinalizers()).containsExactly("chatcluster.io/aws-resources");

        // When
        chat.patch("{\"metadata\": {\"finalizers\": []}}");

        // Then
        await().atMost(STEP)
                .until(() -> TestChat.client()
                        .resources(ChatCluster.class)
                        .inNamespace(chat.namespace())
                        .list()
                        .getItems()
                        .isEmpty());
        chat.deleteNamespace();
    }

    /** A Service of the test's own that leads to the development cluster's DynamoDB, until its slice is deleted. */
    private static EndpointSlice wayToDynamoDb(String namespace) {
        var client = TestChat.client();
        var real = client.pods()
                .inNamespace("chatcluster-system")
                .withLabel("app.kubernetes.io/name", "dynamodb-local")
                .list()
                .getItems()
                .getFirst();
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("way")
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withName("http")
                        .withPort(8000)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        return client.resource(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("way")
                        .withLabels(Map.of("kubernetes.io/service-name", "way"))
                        .endMetadata()
                        .withAddressType("IPv4")
                        .addNewPort()
                        .withName("http")
                        .withPort(8000)
                        .withProtocol("TCP")
                        .endPort()
                        .addNewEndpoint()
                        .withAddresses(real.getStatus().getPodIP())
                        .endEndpoint()
                        .build())
                .create();
    }
}
