package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.e2e.assertions.Conversation;
import io.chatcluster.e2e.harness.ChangesTheSharedChat;
import io.chatcluster.e2e.harness.ChatClient;
import io.chatcluster.e2e.harness.Node;
import io.chatcluster.e2e.harness.SendAck;
import io.chatcluster.e2e.harness.TestChat;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@ChangesTheSharedChat
class PodLossIT {
    private static final int MESSAGES = 400;

    private final TestChat chat = TestChat.shared();

    @Test
    void shouldDeliverEachMessageOnceAfterPodLoss() {
        // Given
        var run = UUID.randomUUID();
        var alice = "alice-" + run;
        var pods = chat.chatPods();
        var victim = pods.getFirst();
        var room = chat.api(alice).directRoom("bob-" + run);
        var onVictim = ChatClient.connect(
                chat.token(alice), new FirstThen(TestChat.address(victim), TestChat.address(pods.getLast()))::next);
        var onOther = ChatClient.connect(chat.token("bob-" + run), () -> TestChat.address(pods.getLast()));

        try (onVictim;
                onOther) {
            // When
            Set<String> sent = new HashSet<>();
            var acks = new ArrayList<CompletableFuture<SendAck>>();
            for (int i = 0; i < MESSAGES; i++) {
                var id = "m" + i;
                sent.add(id);
                acks.add((i % 2 == 0 ? onVictim : onOther).send(room, id, "message " + i));
                if (i == MESSAGES / 2) {
                    Node.kill(victim, "java");
                }
            }
            acks.forEach(CompletableFuture::join);

            // Then
            Conversation.eachShownOnce(onVictim, room, sent);
            Conversation.eachShownOnce(onOther, room, sent);
            Conversation.sameForBoth(onVictim, onOther, room);
            assertThat(onVictim.connections())
                    .as("connections of the client whose pod died")
                    .isGreaterThan(1);
        }
        chat.awaitBack(victim);
        chat.awaitReady();
    }

    /** The first address once, then the second for ever. */
    private static final class FirstThen {
        private final URI then;
        private URI next;

        FirstThen(URI first, URI then) {
            this.next = first;
            this.then = then;
        }

        synchronized URI next() {
            var now = next;
            next = then;
            return now;
        }
    }
}
