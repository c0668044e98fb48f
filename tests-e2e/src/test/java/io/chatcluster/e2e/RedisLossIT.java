package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.assertions.Conversation;
import io.chatcluster.e2e.harness.ChangesTheSharedChat;
import io.chatcluster.e2e.harness.ChatClient;
import io.chatcluster.e2e.harness.SendAck;
import io.chatcluster.e2e.harness.TestChat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@ChangesTheSharedChat
class RedisLossIT {
    private static final int MESSAGES = 100;

    private final TestChat chat = TestChat.shared();

    @Test
    void shouldAckAndDeliverEverythingWithTheRedisTierGoneAndBack() {
        // Given
        var run = UUID.randomUUID();
        var alice = "alice-" + run;
        var pods = chat.addresses();
        var room = chat.api(alice).directRoom("bob-" + run);
        Set<String> sent = new HashSet<>();
        try (var onFirst = ChatClient.connect(chat.token(alice), () -> pods.get(0));
                var onSecond = ChatClient.connect(chat.token("bob-" + run), () -> pods.get(1))) {
            sendAll(onFirst, room, "before", sent);

            // When
            loseRedis();
            chat.awaitCondition("RedisReady", "False");
            var acks = sendAll(onFirst, room, "without", sent);

            // Then
            assertThat(acks).noneMatch(SendAck::duplicate);
            Conversation.eachShownOnce(onSecond, room, sent);

            // When
            chat.pause(false);
            chat.awaitCondition("RedisReady", "True");
            sendAll(onSecond, room, "after", sent);

            // Then
            Conversation.eachShownOnce(onFirst, room, sent);
            Conversation.eachShownOnce(onSecond, room, sent);
            Conversation.sameForBoth(onFirst, onSecond, room);
            assertThat(onFirst.connections() + onSecond.connections())
                    .as("connections made")
                    .isEqualTo(2);
        } finally {
            chat.pause(false);
        }
        chat.awaitReady();
    }

    /** With the ChatCluster paused the operator does not put the tier back at once; what it was about to write is written then. */
    private void loseRedis() {
        chat.pause(true);
        chat.awaitReason("Progressing", "Paused");
        var shards = TestChat.client()
                .apps()
                .statefulSets()
                .inNamespace(chat.namespace())
                .withLabel("app.kubernetes.io/instance", chat.name());
        shards.delete();
        await().atMost(TestChat.READY)
                .until(() -> TestChat.client()
                        .pods()
                        .inNamespace(chat.namespace())
                        .withLabel("app.kubernetes.io/instance", chat.name())
                        .withLabel("app.kubernetes.io/component", "redis")
                        .list()
                        .getItems()
                        .isEmpty());
    }

    private static List<SendAck> sendAll(ChatClient client, String room, String prefix, Set<String> sent) {
        var acks = new ArrayList<CompletableFuture<SendAck>>();
        for (int i = 0; i < MESSAGES; i++) {
            var id = prefix + i;
            sent.add(id);
            acks.add(client.send(room, id, id));
        }
        return acks.stream().map(CompletableFuture::join).toList();
    }
}
