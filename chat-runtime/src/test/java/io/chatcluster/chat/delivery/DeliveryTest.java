package io.chatcluster.chat.delivery;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.chat.message.Ack;
import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.RedisServer;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveryTest {

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final UserId CAROL = new UserId("carol");

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final Inbox inbox = new Inbox();

    private void awaitRedis() {
        Awaitility.await("Redis")
                .atMost(Duration.ofSeconds(15))
                .until(() -> List.of(pods.one(), pods.two()).stream()
                        .flatMap(pod -> pod.broker.shards().stream())
                        .allMatch(Broker.ShardStatus::connected));
    }

    private void awaitNoRedis() {
        Awaitility.await("no Redis")
                .atMost(Duration.ofSeconds(15))
                .until(() -> List.of(pods.one(), pods.two()).stream()
                        .flatMap(pod -> pod.broker.shards().stream())
                        .noneMatch(Broker.ShardStatus::connected));
    }

    @Test
    void shouldDeliverToTheOtherPodOnceAndInOrder() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        awaitRedis();

        // When
        pods.send(pods.one(), 1, 50);

        // Then
        assertThat(inbox.await(50, SOON).seqs()).isEqualTo(Inbox.dense(1, 50));
    }

    @Test
    void shouldDeliverLiveWithinMilliseconds() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        awaitRedis();
        pods.send(pods.one(), 1, 5);
        inbox.await(5, SOON);

        // When
        long start = System.nanoTime();
        pods.send(pods.one(), 6, 6);
        inbox.await(6, SOON);

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HubChecks.TAIL_UNHEALTHY);
    }

    @Test
    void shouldResumeFromAnySequence() {
        // Given
        pods.send(pods.one(), 1, 30);
        List<Inbox> inboxes = new ArrayList<>();

        // When
        for (int after = 0; after <= 31; after++) {
            Inbox resumed = new Inbox();
            inboxes.add(resumed);
            pods.two().hub.attach(BOB, pods.room(), after, resumed);
        }
        pods.send(pods.one(), 31, 33);

        // Then
        for (int after = 0; after <= 30; after++) {
            assertThat(inboxes.get(after).await(33, Duration.ofSeconds(12)).seqs())
                    .isEqualTo(Inbox.dense(after + 1, 33));
        }
        assertThat(pods.two().hub.tail(pods.room())).isEqualTo(33);
    }

    @Test
    void shouldShowNothingMoreToAMemberWhoLeavesInTheMiddleOfABatch() {
        // Given
        Inbox leaving = new Inbox();
        pods.two().hub.attach(CAROL, pods.room(), 0, leaving);
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);

        // When
        pods.one()
                .log
                .append(new Batch(
                        pods.room(),
                        1,
                        "unpublished",
                        System.currentTimeMillis(),
                        List.of(
                                "\"type\":\"other\"}",
                                "\"type\":\"left\",\"from\":\"alice\",\"user\":\"carol\"}",
                                "\"type\":\"secret\"}")));

        // Then
        assertThat(inbox.await(3, Duration.ofSeconds(12)).seqs()).isEqualTo(Inbox.dense(1, 3));
        assertThat(leaving.seqs()).isEqualTo(Inbox.dense(1, 2));
    }

    @Test
    void shouldNotRepeatWhatAClientHasSeenOnAPodThatWasFaster() {
        // Given
        pods.killRedis();
        awaitNoRedis();
        pods.send(pods.one(), 1, 5);
        Inbox witness = new Inbox();
        pods.two().hub.attach(ALICE, pods.room(), 0, witness);
        witness.await(5, SOON);

        // When
        pods.send(pods.one(), 6, 10);
        pods.two().hub.attach(BOB, pods.room(), 10, inbox);
        pods.send(pods.one(), 11, 12);

        // Then
        assertThat(inbox.await(12, SOON).seqs()).isEqualTo(Inbox.dense(11, 12));
        assertThat(witness.await(12, SOON).seqs()).isEqualTo(Inbox.dense(1, 12));
    }

    @Test
    void shouldResumeFarBackWhileTheRoomGoesOn() {
        // Given
        List<CompletableFuture<Ack>> acks = new ArrayList<>();
        for (int i = 1; i <= 1_500; i++) {
            acks.add(pods.one().send(ALICE, pods.room(), "m" + i));
        }
        acks.forEach(CompletableFuture::join);
        pods.two().hub.attach(ALICE, pods.room(), 1_500, new Inbox());
        awaitRedis();

        // When
        CompletableFuture<Void> more = CompletableFuture.runAsync(() -> pods.send(pods.one(), 1_501, 1_600));
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        more.join();

        // Then
        assertThat(inbox.await(1_600, SOON).seqs()).isEqualTo(Inbox.dense(1, 1_600));
    }

    @Test
    void shouldRepairAHole() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        awaitRedis();
        pods.send(pods.one(), 1, 1);
        inbox.await(1, SOON);

        // When the batch of 2 is committed but never published, and that of 3 is
        pods.one()
                .log
                .append(new Batch(
                        pods.room(), 2, "unpublished", System.currentTimeMillis(), List.of("\"type\":\"other\"}")));
        pods.send(pods.one(), 3, 3);

        // Then
        assertThat(inbox.await(3, SOON).seqs()).isEqualTo(Inbox.dense(1, 3));
        await().untilAsserted(() ->
                assertThat(pods.two().count("chat.holes.repaired")).isPositive());
    }

    @Test
    void shouldNotLoseTheLastMessageWhenItsPublishIsLost() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        awaitRedis();

        // When
        pods.one()
                .log
                .append(new Batch(
                        pods.room(), 1, "unpublished", System.currentTimeMillis(), List.of("\"type\":\"other\"}")));

        // Then
        assertThat(inbox.await(1, Duration.ofSeconds(12)).seqs()).isEqualTo(Inbox.dense(1, 1));
    }

    @Test
    void shouldLoseNothingWithoutRedisAndBeLiveAgainWhenItIsBack() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        awaitRedis();
        pods.send(pods.one(), 1, 5);
        inbox.await(5, SOON);

        // When
        pods.killRedis();
        pods.send(pods.one(), 6, 15);
        inbox.await(15, SOON);
        awaitNoRedis();
        pods.startRedis();
        awaitRedis();
        pods.send(pods.one(), 16, 20);
        inbox.await(20, SOON);
        long start = System.nanoTime();
        pods.send(pods.one(), 21, 21);
        inbox.await(21, SOON);

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HubChecks.TAIL_UNHEALTHY);
        assertThat(inbox.seqs()).isEqualTo(Inbox.dense(1, 21));
    }

    @Test
    void shouldStayLiveWhenOneShardIsLost() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        awaitRedis();

        // When
        pods.shards().getFirst().kill();
        pods.send(pods.one(), 1, 5);

        // Then
        assertThat(inbox.await(5, Duration.ofSeconds(1)).seqs()).isEqualTo(Inbox.dense(1, 5));
        assertThat(pods.two().broker.healthy(Payload.channel(pods.room()))).isTrue();
    }

    @Test
    void shouldNoticeShardsThatHaveGoneDeaf() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        awaitRedis();

        // When
        pods.shards().forEach(RedisServer::freeze);
        awaitNoRedis();
        pods.send(pods.one(), 1, 3);
        inbox.await(3, SOON);
        pods.shards().forEach(RedisServer::thaw);

        // Then
        awaitRedis();
        assertThat(inbox.seqs()).isEqualTo(Inbox.dense(1, 3));
    }

    @Test
    void shouldLeaveOutAConnectionThatDoesNotTakeMore() {
        // Given
        Inbox slow = new Inbox();
        pods.two().hub.attach(ALICE, pods.room(), 0, slow);
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        awaitRedis();
        pods.send(pods.one(), 1, 2);
        slow.await(2, SOON);

        // When
        slow.fill();
        pods.send(pods.one(), 3, 5);

        // Then
        assertThat(inbox.await(5, SOON).seqs()).isEqualTo(Inbox.dense(1, 5));
        assertThat(slow.seqs()).isEqualTo(Inbox.dense(1, 2));
    }

    @Test
    void shouldOfferNothingToAnAttachmentThatIsClosed() {
        // Given
        Inbox closed = new Inbox();
        Attachment attachment = pods.two().hub.attach(ALICE, pods.room(), 0, closed);
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        awaitRedis();
        pods.send(pods.one(), 1, 1);
        closed.await(1, SOON);

        // When
        attachment.close();
        pods.send(pods.one(), 2, 3);

        // Then
        inbox.await(3, SOON);
        assertThat(closed.seqs()).isEqualTo(Inbox.dense(1, 1));
    }

    @Test
    void shouldEncodeAPushOnceForAllConnections() {
        // Given
        Inbox second = new Inbox();
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        pods.two().hub.attach(BOB, pods.room(), 0, second);
        awaitRedis();

        // When
        pods.send(pods.one(), 1, 1);
        inbox.await(1, SOON);
        second.await(1, SOON);

        // Then
        assertThat(inbox.offers().getFirst()).isSameAs(second.offers().getFirst());
    }

    @Test
    void shouldTellAnOnlineUserAboutRoomsOnAnotherPod() {
        // Given
        List<RoomNotice> notices = new CopyOnWriteArrayList<>();
        pods.two().hub.online(CAROL, notices::add);
        awaitRedis();

        // When
        pods.one().rooms.putMember(ALICE, pods.room(), CAROL, Role.MEMBER);
        Awaitility.await().atMost(SOON).until(() -> notices.contains(new RoomNotice.Added(pods.room())));
        pods.two().hub.attach(CAROL, pods.room(), 0, inbox);
        pods.one().rooms.removeMember(ALICE, pods.room(), CAROL);
        Awaitility.await().atMost(SOON).until(() -> notices.contains(new RoomNotice.Removed(pods.room())));
        pods.send(pods.one(), 1, 1);

        // Then
        Inbox witness = new Inbox();
        pods.two().hub.attach(BOB, pods.room(), 0, witness);
        witness.await(3, SOON);
        assertThat(inbox.seqs()).doesNotContain(3L);
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
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> notices.contains(new RoomNotice.Added(pods.room()))
                        && notices.contains(new RoomNotice.Added(direct)));
        pods.one().rooms.removeMember(ALICE, pods.room(), CAROL);

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> notices.contains(new RoomNotice.Removed(pods.room())));
    }

    @Test
    void shouldDeliverEachMessageOnceWhateverHappensToRedis() {
        // Given
        Random random = new Random(20_261_124);
        Inbox other = new Inbox();
        pods.one().hub.attach(ALICE, pods.room(), 0, other);
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        awaitRedis();
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
            assertThat(received.await(600, Duration.ofSeconds(12)).seqs()).isEqualTo(Inbox.dense(1, 600));
            assertThat(received.texts()).doesNotHaveDuplicates();
        }
        assertThat(inbox.texts()).isEqualTo(other.texts());
    }
}
