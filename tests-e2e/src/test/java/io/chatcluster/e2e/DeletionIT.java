package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.e2e.harness.Node;
import io.chatcluster.e2e.harness.OnAChatOfItsOwn;
import io.chatcluster.e2e.harness.OwnDynamoDb;
import io.chatcluster.e2e.harness.TestChat;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@OnAChatOfItsOwn
class DeletionIT {
    private static final Duration GONE = Duration.ofMinutes(5);

    @Test
    void shouldLeaveNothingBehind() {
        // Given
        var chat = TestChat.applied("chatcluster-e2e-deletion", "brief");
        var client = TestChat.client();

        // When
        chat.delete();

        // Then
        await().atMost(GONE)
                .until(() -> client.resources(ChatCluster.class)
                        .inNamespace(chat.namespace())
                        .list()
                        .getItems()
                        .isEmpty());
        await().atMost(GONE)
                .until(() -> client.pods()
                        .inNamespace(chat.namespace())
                        .list()
                        .getItems()
                        .isEmpty());
        await().atMost(GONE)
                .until(() -> client.services()
                        .inNamespace(chat.namespace())
                        .list()
                        .getItems()
                        .isEmpty());
        await().atMost(GONE)
                .until(() -> client.secrets()
                        .inNamespace(chat.namespace())
                        .withLabel("app.kubernetes.io/instance", chat.name())
                        .list()
                        .getItems()
                        .isEmpty());
        chat.deleteNamespace();
    }

    @Test
    void shouldWaitForDynamoDbWithAWordToTheAdminAndThenDeleteTheTables() throws IOException, InterruptedException {
        // Given
        var chat = TestChat.prepared("chatcluster-e2e-unreachable", "patient");
        var database = OwnDynamoDb.in(chat.namespace());
        chat.apply(manifest -> manifest.replace(
                "dynamodb.chatcluster-system.svc", OwnDynamoDb.NAME + "." + chat.namespace() + ".svc"));
        chat.awaitCondition("Ready", "True");
        assertThat(database.tables()).contains("patient");

        // When
        try (var _ = Node.freeze(database.pod(), "java")) {
            chat.delete();

            // Then
            await().atMost(GONE)
                    .until(() -> chat.events("DeletionBlocked")
                            .anyMatch(event -> event.getNote().contains("cannot be deleted yet")));
            chat.awaitReason("Ready", "DeletionBlocked", "The tables cannot be deleted yet");
            assertThat(chat.resource().getMetadata().getFinalizers()).isNotEmpty();
        }
        await().atMost(GONE)
                .until(() -> TestChat.client()
                        .resources(ChatCluster.class)
                        .inNamespace(chat.namespace())
                        .list()
                        .getItems()
                        .isEmpty());
        assertThat(database.tables()).doesNotContain("patient");
        chat.deleteNamespace();
    }
}
