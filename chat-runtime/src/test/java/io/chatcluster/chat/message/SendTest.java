package io.chatcluster.chat.message;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.delivery.Attachment;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.TwoPods;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class SendTest {

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    @Test
    void shouldGiveOneDenseOrderToTwoWriters() {
        // Given two writers of which one does not know what the other wrote last
        pods.send(pods.one(), 1, 1);
        pods.send(pods.two(), 2, 2);
        List<CompletableFuture<Ack>> acks = new ArrayList<>();

        // When
        for (int i = 0; i < 300; i++) {
            acks.add(pods.one().send(ALICE, pods.room(), "a" + i));
            acks.add(pods.two().send(BOB, pods.room(), "b" + i));
        }
        List<Long> seqs = acks.stream().map(ack -> ack.join().seq()).toList();

        // Then
        assertThat(seqs).containsExactlyInAnyOrderElementsOf(Inbox.dense(3, 602));
        List<StoredEvent> events = pods.one().log.after(pods.room(), 0, 1_000);
        assertThat(events).extracting(StoredEvent::seq).isEqualTo(Inbox.dense(1, 602));
        assertThat(events).extracting(StoredEvent::time).isSorted();
        assertThat(pods.one().count("chat.append.conflicts") + pods.two().count("chat.append.conflicts"))
                .isPositive();
    }

    @Test
    void shouldKeepTheOrderInWhichAPodTookMessages() {
        // Given
        List<CompletableFuture<Ack>> acks = new ArrayList<>();

        // When
        for (int i = 0; i < 200; i++) {
            acks.add(pods.one().send(ALICE, pods.room(), "a" + i));
        }

        // Then
        assertThat(acks.stream().map(ack -> ack.join().seq())).isEqualTo(Inbox.dense(1, 200));
        assertThat(pods.one().count("chat.appends")).isLessThan(200);
    }

    @Test
    void shouldLetAnotherPodWriteToARoomThatOneKeepsBusy() throws InterruptedException {
        // Given
        var unused = pods.one().hub.online(ALICE, notice -> {});
        AtomicBoolean busy = new AtomicBoolean(true);
        Thread sender = Thread.ofVirtual().start(() -> keepBusy(pods.one(), busy));
        pods.send(pods.two(), 1, 1);
        double before = pods.one().count("chat.appends");

        // When
        try {
            pods.send(pods.two(), 2, 51);
        } finally {
            busy.set(false);
        }
        double meanwhile = pods.one().count("chat.appends") - before;
        sender.join();

        // Then
        assertThat(meanwhile).as("batches of the one that is busy").isBetween(10.0, 500.0);
    }

    /** Always has another message for the next batch. */
    private void keepBusy(Pod pod, AtomicBoolean busy) {
        Queue<CompletableFuture<Ack>> inFlight = new ArrayDeque<>();
        for (int n = 0; busy.get() || !inFlight.isEmpty(); n++) {
            if (busy.get()) {
                inFlight.add(pod.send(ALICE, pods.room(), "busy" + n));
            }
            if (!busy.get() || inFlight.size() > 20) {
                inFlight.remove().join();
            }
        }
    }

    @Test
    void shouldAnswerAResendWithTheFirstSequenceOnAnyPod() {
        // Given
        Ack first = pods.one().send(ALICE, pods.room(), "same").join();
        pods.send(pods.one(), 1, 3);

        // When
        Ack here = pods.one().send(ALICE, pods.room(), "same").join();
        Ack there = pods.two().send(ALICE, pods.room(), "same").join();

        // Then
        assertThat(here).isEqualTo(new Ack(first.seq(), first.time(), true));
        assertThat(there).isEqualTo(here);
        assertThat(pods.one().log.tail(pods.room()).seq()).isEqualTo(4);
    }

    @Test
    void shouldCommitOneOfManyResendsAtOnce() {
        // Given
        List<CompletableFuture<Ack>> acks = new ArrayList<>();

        // When
        for (int i = 0; i < 20; i++) {
            acks.add(pods.one().send(ALICE, pods.room(), "same"));
            acks.add(pods.two().send(ALICE, pods.room(), "same"));
        }

        // Then
        assertThat(acks.stream().map(ack -> ack.join().seq()).distinct()).containsExactly(1L);
        assertThat(acks.stream().filter(ack -> !ack.join().duplicate())).hasSize(1);
    }

    @Test
    void shouldNotTakeAnotherUsersMessageForAResend() {
        // Given
        Ack alices = pods.one().send(ALICE, pods.room(), "same").join();

        // When
        Ack bobs = pods.one().send(BOB, pods.room(), "same").join();

        // Then
        assertThat(bobs.seq()).isEqualTo(alices.seq() + 1);
        assertThat(bobs.duplicate()).isFalse();
    }

    @Test
    void shouldPutBatchesWithoutTheSdksClient() {
        // Given
        pods.send(pods.one(), 1, 1);
        int before = pods.one().requests.count("PutItem");

        // When
        pods.send(pods.one(), 2, 20);

        // Then
        assertThat(pods.one().requests.count("PutItem")).isEqualTo(before);
        assertThat(pods.two().log.after(pods.room(), 0, 30)).hasSize(20);
    }

    @Test
    void shouldCommitAndDeliverOnTheEventLoopThatHearsTheAnswer() {
        // Given a room that was written to a moment ago
        Queue<String> threads = new ConcurrentLinkedQueue<>();
        pods.send(pods.one(), 1, 1);
        Attachment attachment = pods.one().hub.attach(ALICE, pods.room(), 1, (json, kind) -> {
            threads.add(Thread.currentThread().getName());
            return true;
        });

        // When
        Iterator<Integer> names = IntStream.iterate(2, n -> n + 1).iterator();
        await().untilAsserted(() -> {
            var unused = pods.one().send(ALICE, pods.room(), "m" + names.next()).join();

            // Then
            assertThat(threads).anyMatch(thread -> thread.startsWith("vert.x-eventloop"));
        });
        attachment.close();
    }

    @Test
    void shouldLearnWhatOthersWroteWhenItLosesRaces() {
        // Given
        pods.send(pods.one(), 1, 1);
        pods.send(pods.two(), 2, 40);

        // When
        Ack ack = pods.one().send(ALICE, pods.room(), "m41").join();
        Ack resend = pods.one().send(ALICE, pods.room(), "m17").join();

        // Then
        assertThat(ack.seq()).isEqualTo(41);
        assertThat(resend).extracting(Ack::seq, Ack::duplicate).containsExactly(17L, true);
        assertThat(pods.one().count("chat.append.conflicts")).isLessThan(5);
    }

    @Test
    void shouldKnowTheTailOfARoomItHasNeverWrittenTo() {
        // Given
        pods.send(pods.one(), 1, 5);

        // When
        try (Pod third = pods.newPod()) {
            Ack resend = third.send(ALICE, pods.room(), "m2").join();
            Ack ack = third.send(ALICE, pods.room(), "m6").join();

            // Then
            assertThat(resend).extracting(Ack::seq, Ack::duplicate).containsExactly(2L, true);
            assertThat(ack.seq()).isEqualTo(6);
        }
    }

    @Test
    void shouldNotTellARoomThatIsNotThereFromOneThatIsNotMine() {
        // Given
        UserId mallory = new UserId("mallory");

        // When
        List<ChatException> refusals = new ArrayList<>();
        for (RoomId room : List.of(pods.room(), RoomId.group(), new RoomId("~canary"))) {
            assertThatThrownBy(() -> pods.one().send(mallory, room, "x"))
                    .isInstanceOfSatisfying(ChatException.class, refusals::add);
        }

        // Then
        assertThat(refusals).hasSize(3).allSatisfy(e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(e.detail()).isEqualTo(refusals.getFirst().detail());
        });
    }

    @Test
    void shouldRefuseAMessageThatIsTooLarge() {
        // Given
        SendMessage message = new SendMessage(ALICE, pods.room(), "big", "ä".repeat(32_769), List.of(), null);

        // When
        // Then
        assertThatThrownBy(() -> pods.one().messages.send(message))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
    }
}
