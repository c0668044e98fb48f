package io.chatcluster.e2e.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.harness.ChatClient;
import io.chatcluster.e2e.harness.ChatEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Claims about what the people in one room were shown. */
public final class Conversation {
    private static final Duration CATCH_UP = Duration.ofMinutes(3);

    private Conversation() {}

    /** Waits until {@code reader} was shown as many messages as were acknowledged, then holds each of them to have come exactly once. */
    public static void eachShownOnce(ChatClient reader, String room, Set<String> acknowledged) {
        await().atMost(CATCH_UP).until(() -> reader.messages(room).size() >= acknowledged.size());
        assertThat(reader.messages(room))
                .extracting(ChatEvent::clientMessageId)
                .containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    /** Both people were shown the same messages in the same order, with every push dense. */
    public static void sameForBoth(ChatClient one, ChatClient other, String room) {
        assertThat(one.messages(room)).isEqualTo(other.messages(room));
        assertThat(one.breaches()).isEmpty();
        assertThat(other.breaches()).isEmpty();
    }

    /** The log counts from 1 without a hole, and its messages are those that {@code reader} was shown. */
    public static void isTheHistory(List<ChatEvent> history, ChatClient reader, String room) {
        assertThat(history)
                .extracting(ChatEvent::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, history.size()).boxed().toList());
        assertThat(history.stream().filter(ChatEvent::isMessage)).containsExactlyElementsOf(reader.messages(room));
    }
}
