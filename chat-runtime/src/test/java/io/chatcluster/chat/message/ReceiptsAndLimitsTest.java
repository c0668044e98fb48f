package io.chatcluster.chat.message;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.delivery.Broker;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReceiptsAndLimitsTest {

    @RegisterExtension
    final TwoPods pods =
            new TwoPods(Map.of("chat.limits.messages-per-second", "2", "chat.limits.room-messages-per-second", "3"));

    private void awaitRedis() {
        Patience.await("Redis")
                .atMost(Duration.ofSeconds(15))
                .until(() -> List.of(pods.one(), pods.two()).stream()
                        .flatMap(pod -> pod.broker.shards().stream())
                        .allMatch(Broker.ShardStatus::connected));
    }

    @Test
    void shouldTellWhatIsReadOnEveryPodOnceAndOnlyForward() {
        // Given
        pods.send(pods.one(), 1, 3);
        Inbox here = new Inbox();
        Inbox there = new Inbox();
        awaitRedis();
        pods.one().hub.attach(ALICE, pods.room(), 3, here);
        pods.two().hub.attach(BOB, pods.room(), 3, there);
        awaitSubscribed(there);

        // When
        pods.one().messages.read(BOB, pods.room(), 2);
        pods.one().messages.read(BOB, pods.room(), 1);
        pods.one().messages.read(BOB, pods.room(), 2);
        pods.one().messages.read(BOB, pods.room(), 3);

        // Then
        for (Inbox inbox : List.of(here, there)) {
            Patience.await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> receipts(inbox).stream().anyMatch(push -> push.contains("\"seq\":3")));
            assertThat(receipts(inbox))
                    .containsExactly(
                            "{\"read\":{\"room\":\"" + pods.room() + "\",\"user\":\"bob\",\"seq\":2}}",
                            "{\"read\":{\"room\":\"" + pods.room() + "\",\"user\":\"bob\",\"seq\":3}}");
        }
    }

    @Test
    void shouldTellWhatIsReadOnceThoughTheAnswerThatItIsStoredWasLost() {
        // Given
        pods.send(pods.one(), 1, 3);
        Inbox here = new Inbox();
        pods.one().hub.attach(ALICE, pods.room(), 3, here);
        pods.one().faults.loseAnswersOfWritesTo("members", 1);

        // When
        pods.one().messages.read(BOB, pods.room(), 2);
        pods.one().messages.read(BOB, pods.room(), 2);
        pods.one().messages.read(BOB, pods.room(), 3);

        // Then
        Patience.await()
                .atMost(Duration.ofSeconds(15))
                .until(() -> receipts(here).stream().anyMatch(push -> push.contains("\"seq\":3")));
        assertThat(receipts(here)).hasSize(2).first().asString().contains("\"seq\":2");
    }

    /** Live events come only once the pod hears the room. */
    private void awaitSubscribed(Inbox inbox) {
        pods.send(pods.one(), 4, 4);
        inbox.await(4, Duration.ofSeconds(15));
    }

    private static List<String> receipts(Inbox inbox) {
        return inbox.offers().stream()
                .filter(push -> push.startsWith("{\"read\""))
                .toList();
    }

    @Test
    void shouldRefuseAMarkerBeyondTheRoom() {
        // Given
        pods.send(pods.one(), 1, 2);

        // Then
        assertThatThrownBy(() -> pods.one().messages.read(BOB, pods.room(), 3))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
    }

    @Test
    void shouldLimitAUserOnAPodWhateverTheWay() {
        // Given
        pods.send(pods.one(), 1, 10);

        // When
        // Then
        assertLimited(i -> {
            var unused = pods.one().send(ALICE, pods.room(), "more" + i);
        });
        assertLimited(i -> {
            var unused = pods.one().changes.react(ALICE, pods.room(), 1, "x", false);
        });
        assertThat(pods.one().send(BOB, pods.room(), "bob").join().seq()).isGreaterThan(10);
    }

    @Test
    void shouldLimitARoomAlsoForABackEnd() {
        // Given
        SendMessage message = new SendMessage(ALICE, pods.room(), "c", "text", List.of(), null);

        // When
        // Then
        assertLimited(i -> {
            var unused =
                    pods.one().messages.sendFor(message).toCompletableFuture().join();
        });
    }

    /** Of many: on a slow machine some of what was used is there again. */
    private static void assertLimited(IntConsumer command) {
        assertThatThrownBy(() -> IntStream.range(0, 100).forEach(command))
                .isInstanceOfSatisfying(ChatException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                    assertThat(e.retryAfter()).isPositive();
                });
    }
}
