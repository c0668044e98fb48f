package io.chatcluster.chat.delivery;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.message.Ack;
import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.RedisServer;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Delivery while Redis is lost, in part or altogether. */
@Execution(ExecutionMode.CONCURRENT)
class RedisLossTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final UserId CAROL = new UserId("carol");

    @RegisterExtension
    final TwoPods pods = new TwoPods(TwoPods.BY_REDIS_ALONE);

    private final Inbox inbox = new Inbox();

    @Test
    void shouldRepairAHole() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        pods.awaitRedis();
        pods.send(pods.one(), 1, 1);
        inbox.await(1, PATIENCE);

        // When the batch of 2 is committed but never published, and that of 3 is
        pods.one()
                .log
                .append(new Batch(
                        pods.room(), 2, "unpublished", System.currentTimeMillis(), List.of("\"type\":\"other\"}")));
        pods.send(pods.one(), 3, 3);

        // Then
        assertThat(inbox.await(3, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 3));
        await().untilAsserted(() ->
                assertThat(pods.two().count("chat.holes.repaired")).isPositive());
    }

    @Test
    void shouldLoseNothingWithoutRedisAndBeLiveAgainWhenItIsBack() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        pods.awaitRedis();
        pods.send(pods.one(), 1, 5);
        inbox.await(5, PATIENCE);

        // When
        pods.killRedis();
        pods.send(pods.one(), 6, 15);
        inbox.await(15, PATIENCE);
        pods.awaitNoRedis();
        pods.startRedis();
        pods.awaitRedis();
        pods.send(pods.one(), 16, 20);
        inbox.await(20, PATIENCE);
        pods.send(pods.one(), 21, 21);
        inbox.await(21, PATIENCE);

        // Then
        assertThat(inbox.seqs()).isEqualTo(Inbox.dense(1, 21));
    }

    @Test
    void shouldStayLiveWhenOneShardIsLost() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        pods.awaitRedis();

        // When
        pods.shards().getFirst().kill();
        pods.send(pods.one(), 1, 5);

        // Then
        assertThat(inbox.await(5, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 5));
        assertThat(pods.two().broker.healthy(Payload.channel(pods.room()))).isTrue();
    }

    @Test
    void shouldNoticeShardsThatHaveGoneDeaf() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        pods.awaitRedis();

        // When
        pods.shards().forEach(RedisServer::freeze);
        pods.awaitNoRedis();
        pods.send(pods.one(), 1, 3);
        inbox.await(3, PATIENCE);
        pods.shards().forEach(RedisServer::thaw);

        // Then
        pods.awaitRedis();
        assertThat(inbox.seqs()).isEqualTo(Inbox.dense(1, 3));
    }

    @Test
    void shouldTellAnOnlineUserAboutRoomsWithoutRedis() {
        // Given
        List<RoomNotice> notices = new CopyOnWriteArrayList<>();
        pods.two().hub.online(CAROL, notices::add);
        pods.killRedis();

        // When
        RoomId direct = pods.one().rooms.direct(ALICE, CAROL).room().id();
        pods.one().rooms.putMember(ALICE, pods.room(), CAROL, Role.MEMBER);
        Patience.await()
                .atMost(PATIENCE)
                .until(() -> notices.contains(new RoomNotice.Added(pods.room()))
                        && notices.contains(new RoomNotice.Added(direct)));
        pods.one().rooms.removeMember(ALICE, pods.room(), CAROL);

        // Then
        Patience.await().atMost(PATIENCE).until(() -> notices.contains(new RoomNotice.Removed(pods.room())));
    }

    @Test
    void shouldDeliverEachMessageOnceWhateverHappensToRedis() {
        // Given
        Random random = new Random(20_261_124);
        Inbox other = new Inbox();
        pods.one().hub.attach(ALICE, pods.room(), 0, other);
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        pods.awaitRedis();
        List<CompletableFuture<Ack>> acks = new ArrayList<>();

        // When
        for (int i = 0; i < 600; i++) {
            boolean first = random.nextBoolean();
            acks.add((first ? pods.one() : pods.two()).send(first ? ALICE : BOB, pods.room(), "m" + i));
            if (random.nextInt(20) == 0) {
                acks.getLast().join();
            }
            if (i == 200) {
                pods.killRedis();
            }
            if (i == 400) {
                pods.startRedis();
            }
        }
        List<Long> acked = acks.stream().map(ack -> ack.join().seq()).toList();

        // Then
        assertThat(acked).containsExactlyInAnyOrderElementsOf(Inbox.dense(1, 600));
        for (Inbox received : List.of(inbox, other)) {
            assertThat(received.await(600, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 600));
            assertThat(received.texts()).doesNotHaveDuplicates();
        }
        assertThat(inbox.texts()).isEqualTo(other.texts());
    }
}
