package io.chatcluster.chat.delivery;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class RemovedMemberTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final TwoPods pods = new TwoPods(TwoPods.BY_REDIS_ALONE);

    private final List<RoomNotice> notices = new CopyOnWriteArrayList<>();
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void shouldPushNothingMoreToOneWhoAttachedWhenTheRoomKnewOfTheRemovalAndTheUserDidNot() {
        // Given a user of whom nothing is changed here before the latch is released
        Pod pod = pods.one();
        var online = pod.hub.online(BOB, this::listen);
        attach(ALICE, 0);
        pod.hub.read(pods.room(), BOB, 1);
        awaitLatch(told);
        pod.journal.append(pods.room(), pod.journal.left(ALICE, BOB));

        // When
        Inbox late = attach(BOB, 1);
        assertThat(pod.hub.find(BOB, pods.room())).isNotNull();
        released.countDown();
        await().atMost(PATIENCE).until(() -> notices.contains(new RoomNotice.Removed(pods.room())));

        // Then
        Inbox witness = attach(ALICE, 1);
        pods.send(pod, 2, 2);
        witness.await(2, PATIENCE);
        assertThat(late.seqs()).isEmpty();
        online.attachment().close();
    }

    private Inbox attach(UserId user, long after) {
        Inbox inbox = new Inbox();
        var unused = pods.one().hub.attach(user, pods.room(), after, inbox);
        return inbox;
    }

    private void listen(RoomNotice notice) {
        notices.add(notice);
        told.countDown();
        awaitLatch(released);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
