package io.chatcluster.e2e;

import static org.awaitility.Awaitility.await;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.e2e.harness.OnAChatOfItsOwn;
import io.chatcluster.e2e.harness.TestChat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@OnAChatOfItsOwn
class DeletionIT {
    private static final Duration GONE = Duration.ofMinutes(2);

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
        client.namespaces().withName(chat.namespace()).delete();
        await().atMost(GONE)
                .until(() -> client.namespaces().withName(chat.namespace()).get() == null);
    }
}
