package io.chatcluster.chat.delivery;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.message.Ack;
import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Events of a room, from the pod that commits them to all connections. */
@Execution(ExecutionMode.CONCURRENT)
class DeliveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final UserId CAROL = new UserId("carol");

    @RegisterExtension
    final TwoPods pods = new TwoPods(TwoPods.BY_REDIS_ALONE);

    private final Inbox inbox = new Inbox();

    @Test
    void shouldDeliverToTheOtherPodOnceAndInOrder() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        pods.awaitRedis();

        // When
        pods.send(pods.one(), 1, 50);

        // Then
        assertThat(inbox.await(50, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 50));
    }

    @Test
    void shouldDeliverLiveThroughRedisAlone() {
        // Given
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        pods.awaitRedis();
        pods.send(pods.one(), 1, 5);
        inbox.await(5, PATIENCE);

        // When
        pods.send(pods.one(), 6, 6);
        inbox.await(6, PATIENCE);

        // Then
        assertThat(inbox.seqs()).isEqualTo(Inbox.dense(1, 6));
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
            assertThat(inboxes.get(after).await(33, PATIENCE).seqs()).isEqualTo(Inbox.dense(after + 1, 33));
        }
        assertThat(pods.two().hub.tail(pods.room())).isEqualTo(33);
    }

    @Test
    void shouldNotRepeatWhatAClientHasSeenOnAPodThatWasFaster() {
        // Given
        pods.killRedis();
        pods.awaitNoRedis();
        pods.send(pods.one(), 1, 5);
        Inbox witness = new Inbox();
        pods.two().hub.attach(ALICE, pods.room(), 0, witness);
        witness.await(5, PATIENCE);

        // When
        pods.send(pods.one(), 6, 10);
        pods.two().hub.attach(BOB, pods.room(), 10, inbox);
        pods.send(pods.one(), 11, 12);

        // Then
        assertThat(inbox.await(12, PATIENCE).seqs()).isEqualTo(Inbox.dense(11, 12));
        assertThat(witness.await(12, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 12));
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
        pods.awaitRedis();

        // When
        CompletableFuture<Void> more = CompletableFuture.runAsync(() -> pods.send(pods.one(), 1_501, 1_600));
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        more.join();

        // Then
        assertThat(inbox.await(1_600, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 1_600));
    }

    @Test
    void shouldLeaveOutAConnectionThatDoesNotTakeMore() {
        // Given
        Inbox slow = new Inbox();
        pods.two().hub.attach(ALICE, pods.room(), 0, slow);
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        pods.awaitRedis();
        pods.send(pods.one(), 1, 2);
        slow.await(2, PATIENCE);

        // When
        slow.fill();
        pods.send(pods.one(), 3, 5);

        // Then
        assertThat(inbox.await(5, PATIENCE).seqs()).isEqualTo(Inbox.dense(1, 5));
        assertThat(slow.seqs()).isEqualTo(Inbox.dense(1, 2));
    }

    @Test
    void shouldOfferNothingToAnAttachmentThatIsClosed() {
        // Given
        Inbox closed = new Inbox();
        Attachment attachment = pods.two().hub.attach(ALICE, pods.room(), 0, closed);
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        pods.awaitRedis();
        pods.send(pods.one(), 1, 1);
        closed.await(1, PATIENCE);

        // When
        attachment.close();
        pods.send(pods.one(), 2, 3);

        // Then
        inbox.await(3, PATIENCE);
        assertThat(closed.seqs()).isEqualTo(Inbox.dense(1, 1));
    }

    @Test
    void shouldEncodeAPushOnceForAllConnections() {
        // Given
        Inbox second = new Inbox();
        pods.two().hub.attach(BOB, pods.room(), 0, inbox);
        pods.two().hub.attach(BOB, pods.room(), 0, second);
        pods.awaitRedis();

        // When
        pods.send(pods.one(), 1, 1);
        inbox.await(1, PATIENCE);
        second.await(1, PATIENCE);

        // Then
        assertThat(inbox.offers().getFirst()).isSameAs(second.offers().getFirst());
    }

    @Test
    void shouldTellAnOnlineUserAboutRoomsOnAnotherPod() {
        // Given
        List<RoomNotice> notices = new CopyOnWriteArrayList<>();
        pods.two().hub.online(CAROL, notices::add);
        pods.awaitRedis();

        // When
        pods.one().rooms.putMember(ALICE, pods.room(), CAROL, Role.MEMBER);
        Patience.await().atMost(PATIENCE).until(() -> notices.contains(new RoomNotice.Added(pods.room())));
        pods.two().hub.attach(CAROL, pods.room(), 0, inbox);
        pods.one().rooms.removeMember(ALICE, pods.room(), CAROL);
        Patience.await().atMost(PATIENCE).until(() -> notices.contains(new RoomNotice.Removed(pods.room())));
        pods.send(pods.one(), 1, 1);

        // Then
        Inbox witness = new Inbox();
        pods.two().hub.attach(BOB, pods.room(), 0, witness);
        witness.await(3, PATIENCE);
        assertThat(inbox.seqs()).doesNotContain(3L);
    }
}
