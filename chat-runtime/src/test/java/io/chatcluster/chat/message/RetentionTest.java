package io.chatcluster.chat.message;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.delivery.Attachment;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

class RetentionTest {

    private static final Duration TWO_DAYS = Duration.ofDays(2);

    @RegisterExtension
    final TwoPods pods = new TwoPods(Map.of("chat.dynamodb.history-retention-days", "1"));

    /** Messages {@code first..last}, a batch each, as they would have been put two days ago. */
    private void sentTwoDaysAgo(long first, long last) {
        for (long seq = first; seq <= last; seq++) {
            String body = EventBody.message(new SendMessage(ALICE, pods.room(), "old" + seq, "old", List.of(), null));
            long time = System.currentTimeMillis() - TWO_DAYS.toMillis();
            assertThat(pods.one().log.append(new Batch(pods.room(), seq, "b" + seq, time, List.of(body))))
                    .isInstanceOf(Append.Committed.class);
        }
    }

    private List<Long> history(Pod pod) {
        return pod.messages.history(BOB, pods.room(), HistoryQuery.of(null, null, null, null)).events().stream()
                .map(StoredEvent::seq)
                .toList();
    }

    @Test
    void shouldShowNothingThatIsOlderAndGoOnWithTheNextSequence() {
        // Given
        sentTwoDaysAgo(1, 5);

        // When
        List<Long> before = history(pods.two());
        Ack ack = pods.two().send(BOB, pods.room(), "new").join();

        // Then
        assertThat(before).isEmpty();
        assertThat(ack.seq()).isEqualTo(6);
        assertThat(history(pods.one())).containsExactly(6L);
        assertThat(pods.one()
                        .messages
                        .history(BOB, pods.room(), HistoryQuery.of(null, 0L, null, null))
                        .events())
                .extracting(StoredEvent::seq)
                .containsExactly(6L);
    }

    @Test
    void shouldKeepTheLastBatchUntilWhatIsAppendedToItIsThere() {
        // Given
        sentTwoDaysAgo(1, 5);

        // When
        Tail claimed = pods.one().log.claim(pods.room());
        int removed = pods.removeExpired();
        Ack ack = pods.two().send(BOB, pods.room(), "new").join();

        // Then
        assertThat(claimed.seq()).isEqualTo(5);
        assertThat(removed).isEqualTo(4);
        assertThat(ack.seq()).isEqualTo(6);
    }

    @Test
    void shouldNeverGiveASequenceAgainWhenEverythingHasExpired() {
        // Given
        sentTwoDaysAgo(1, 5);
        assertThat(pods.removeExpired()).isEqualTo(5);

        // When
        List<CompletableFuture<Ack>> acks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            acks.add((i % 2 == 0 ? pods.one() : pods.two()).send(ALICE, pods.room(), "new" + i));
        }
        List<Long> seqs = acks.stream().map(ack -> ack.join().seq()).sorted().toList();

        // Then
        assertThat(seqs.getFirst()).isGreaterThan(5);
        assertThat(seqs).isEqualTo(Inbox.dense(seqs.getFirst(), seqs.getFirst() + 19));
        assertThat(history(pods.two())).isEqualTo(seqs);
    }

    @Test
    void shouldNeverGiveASequenceAgainWhenEverythingExpiresTwice() {
        // Given
        sentTwoDaysAgo(1, 5);
        pods.removeExpired();
        long second = pods.one().log.tail(pods.room()).seq();
        sentTwoDaysAgo(second + 1, second + 3);
        assertThat(pods.removeExpired()).isEqualTo(3);

        // When
        Ack ack = pods.two().send(BOB, pods.room(), "new").join();

        // Then
        assertThat(ack.seq()).isGreaterThan(second + 3);
        assertThat(pods.one().log.tail(pods.room()).seq()).isEqualTo(ack.seq());
    }

    @Test
    void shouldAgreeOnTheTailBeforeAnythingIsSaidAgain() {
        // Given
        sentTwoDaysAgo(1, 5);
        pods.removeExpired();

        // When
        long read = pods.one().log.tail(pods.room()).seq();
        long claimed = pods.two().log.claim(pods.room()).seq();
        long again = pods.one().log.claim(pods.room()).seq();

        // Then
        assertThat(List.of(read, claimed, again)).containsOnly(read);
        assertThat(pods.two().log.tail(pods.room()).seq()).isEqualTo(read);
    }

    @Test
    void shouldResumeAClientWhoseEventsHaveExpired() {
        // Given
        sentTwoDaysAgo(1, 5);
        pods.removeExpired();
        Inbox inbox = new Inbox();

        // When
        try (Attachment attached = pods.two().hub.attach(BOB, pods.room(), 3, inbox)) {
            long seq = pods.one().send(ALICE, pods.room(), "new").join().seq();

            // Then
            assertThat(inbox.await(seq, Duration.ofSeconds(12)).seqs()).containsExactly(seq);
            assertThat(attached).isNotNull();
        }
    }

    @Test
    void shouldCostOneMoreWriteForManyBatches() {
        // Given
        pods.send(pods.one(), 1, 1);
        int updates = pods.one().faults.requests(UpdateItemRequest.class);
        int puts = pods.one().faults.requests(PutItemRequest.class);

        // When
        pods.send(pods.one(), 2, 41);

        // Then
        assertThat(pods.one().faults.requests(PutItemRequest.class) - puts).isEqualTo(40);
        assertThat(pods.one().faults.requests(UpdateItemRequest.class)).isEqualTo(updates);
    }
}
