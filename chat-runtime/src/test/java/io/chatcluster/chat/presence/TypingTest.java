package io.chatcluster.chat.presence;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.DynamoDbLocal;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.RedisServer;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TypingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    @Test
    void shouldTellTheOthersOnEveryPodOnce() {
        // Given
        Inbox here = new Inbox();
        Inbox elsewhere = new Inbox();
        Inbox own = new Inbox();
        try (var one = pods.one().hub.attach(ALICE, pods.room(), 0, here);
                var two = pods.two().hub.attach(ALICE, pods.room(), 0, elsewhere);
                var three = pods.two().hub.attach(BOB, pods.room(), 0, own)) {
            assertThat(List.of(one, two, three)).doesNotContainNull();
            awaitRedis(pods.one());
            awaitRedis(pods.two());

            // When
            int typed = typeUntil(pods.one(), pods.room(), here, elsewhere);

            // Then
            String push = "{\"typing\":{\"room\":\"" + pods.room() + "\",\"user\":\"bob\"}}";
            assertThat(here.offers()).contains(push);
            assertThat(elsewhere.offers()).contains(push);
            assertThat(elsewhere.offers().size()).isLessThanOrEqualTo(typed);
            assertThat(own.offers()).isEmpty();
        }
    }

    @Test
    void shouldTellNobodyInALargeRoom() {
        // Given
        String tables = "typing-" + UUID.randomUUID() + "-";
        DynamoDbLocal.running().createTables(tables);
        List<UserId> members = IntStream.range(0, TypingService.MEMBERS_MAX)
                .mapToObj(i -> new UserId("user-" + i))
                .toList();
        try (RedisServer redis = new RedisServer().start();
                Pod pod = new Pod(tables, Map.of("chat.limits.room-members-max", "1000"), redis)) {
            RoomId room = pod.rooms.group(ALICE, "large", members).id();
            Inbox inbox = new Inbox();
            try (var attachment = pod.hub.attach(ALICE, room, 0, inbox)) {
                assertThat(attachment).isNotNull();
                awaitRedis(pod);

                // When
                pod.typing.typing(members.getFirst(), room);
                var unused = pod.send(members.getFirst(), room, "after").join();

                // Then
                inbox.await(1, PATIENCE);
                assertThat(inbox.offers()).hasSize(1);
            }
        }
    }

    @Test
    void shouldRefuseThoseWhoCannotSend() {
        // Given
        UserId carol = new UserId("carol");
        pods.one().rooms.putMember(ALICE, pods.room(), carol, Role.READONLY);

        // When
        // Then
        assertThatThrownBy(() -> pods.one().typing.typing(carol, pods.room()))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
        assertThatThrownBy(() -> pods.one().typing.typing(new UserId("dave"), pods.room()))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    /** Best effort: the subscription may be a moment younger than the first typing. */
    private static int typeUntil(Pod pod, RoomId room, Inbox... inboxes) {
        AtomicInteger typed = new AtomicInteger();
        Patience.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            typed.incrementAndGet();
            pod.typing.typing(BOB, room);
            return List.of(inboxes).stream().noneMatch(inbox -> inbox.offers().isEmpty());
        });
        return typed.get();
    }

    private static void awaitRedis(Pod pod) {
        Patience.await()
                .atMost(PATIENCE)
                .until(() -> pod.broker.shards().stream().allMatch(shard -> shard.connected()));
    }
}
