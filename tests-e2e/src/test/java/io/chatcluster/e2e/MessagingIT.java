package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.e2e.assertions.Conversation;
import io.chatcluster.e2e.harness.ChatClient;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.SendAck;
import io.chatcluster.e2e.harness.TestChat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@OnTheSharedChat
class MessagingIT {
    private static final int MESSAGES = 1_000;

    private final TestChat chat = TestChat.shared();

    @Test
    void shouldDeliverAThousandMessagesOnceAndInOneOrderToPeopleOnTwoPods() {
        // Given
        var run = UUID.randomUUID();
        var alice = "alice-" + run;
        var bob = "bob-" + run;
        var pods = chat.addresses();
        assertThat(pods).hasSizeGreaterThanOrEqualTo(2);
        var room = chat.api(alice).directRoom(bob);

        // When
        Set<String> sent = new LinkedHashSet<>();
        var acks = new ArrayList<CompletableFuture<SendAck>>();
        try (var onFirst = ChatClient.connect(chat.token(alice), () -> pods.get(0));
                var onSecond = ChatClient.connect(chat.token(bob), () -> pods.get(1))) {
            for (int i = 0; i < MESSAGES; i++) {
                var id = "m" + i;
                sent.add(id);
                acks.add((i % 2 == 0 ? onFirst : onSecond).send(room, id, "message " + i));
            }
            acks.forEach(CompletableFuture::join);

            // Then
            Conversation.eachShownOnce(onFirst, room, sent);
            Conversation.eachShownOnce(onSecond, room, sent);
            Conversation.sameForBoth(onFirst, onSecond, room);
            Conversation.isTheHistory(chat.api(alice).history(room), onFirst, room);
        }
    }

    @Test
    void shouldAnswerAResendWithTheFirstSequenceOnAnyPod() {
        // Given
        var run = UUID.randomUUID();
        var alice = "alice-" + run;
        var pods = chat.addresses();
        var room = chat.api(alice).directRoom("bob-" + run);
        SendAck first;
        try (var client = ChatClient.connect(chat.token(alice), () -> pods.get(0))) {
            first = client.send(room, "once", "hello").join();
        }

        // When
        SendAck again;
        try (var client = ChatClient.connect(chat.token(alice), () -> pods.get(1))) {
            again = client.send(room, "once", "hello").join();
        }

        // Then
        assertThat(first.duplicate()).isFalse();
        assertThat(again).isEqualTo(new SendAck(first.seq(), true));
    }

    @Test
    void shouldFindTheSameDirectRoomFromBothSides() {
        // Given
        var run = UUID.randomUUID();

        // When
        var fromAlice = chat.api("alice-" + run).directRoom("bob-" + run);
        var fromBob = chat.api("bob-" + run).directRoom("alice-" + run);

        // Then
        assertThat(fromBob).isEqualTo(fromAlice);
    }
}
