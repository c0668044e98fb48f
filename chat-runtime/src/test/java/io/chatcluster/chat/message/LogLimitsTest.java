package io.chatcluster.chat.message;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.services.Inbox;
import io.chatcluster.chat.services.TwoPods;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** What the log does not take, and how much of it is in memory at once. */
class LogLimitsTest {

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    @Test
    void shouldRefuseAnEditThatIsTooLargeAsTheLogKeepsItAndGoOn() {
        // Given
        pods.send(pods.one(), 1, 1);
        String escapedSixfold = "a" + "\u0001".repeat(65_000);

        // When
        assertThatThrownBy(() -> pods.one()
                        .changes
                        .edit(ALICE, pods.room(), 1, escapedSixfold)
                        .toCompletableFuture()
                        .join())
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));

        // Then
        assertThat(pods.one().send(ALICE, pods.room(), "m2").join().seq()).isEqualTo(2);
    }

    @Test
    void shouldNotTryAgainWhatTheStoreWillNeverTake() {
        // Given
        Batch tooLarge = batch(1, "\"type\":\"other\",\"x\":\"" + "x".repeat(410 * 1024) + "\"}");

        // When
        // Then
        assertThatThrownBy(() -> pods.one().log.append(tooLarge)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldHandOverWhatItHasReadBeforeItReadsMore() {
        // Given
        for (int seq = 1; seq <= 10; seq++) {
            pods.one().log.append(batch(seq, "\"type\":\"other\",\"x\":\"" + "x".repeat(240_000) + "\"}"));
        }
        int before = queries();
        List<Long> seqs = new ArrayList<>();
        List<Integer> queries = new ArrayList<>();

        // When
        pods.one().log.backward(pods.room(), Long.MAX_VALUE, batch -> {
            seqs.add(batch.firstSeq());
            queries.add(queries() - before);
            return batch.firstSeq() > 2;
        });

        // Then
        assertThat(seqs.reversed()).isEqualTo(Inbox.dense(2, 10));
        assertThat(queries.getFirst()).isOne();
        assertThat(queries.getLast()).isGreaterThan(1);
    }

    @Test
    void shouldKnowAResendFromManyBatchesAgo() {
        // Given
        IntStream.rangeClosed(1, 250)
                .forEach(seq -> pods.one()
                        .log
                        .append(batch(
                                seq,
                                EventBody.message(
                                        new SendMessage(ALICE, pods.room(), "m" + seq, "text", List.of(), null),
                                        List.of()))));

        // When
        Ack resend = pods.two().send(ALICE, pods.room(), "m1").join();

        // Then
        assertThat(resend.duplicate()).isTrue();
        assertThat(resend.seq()).isOne();
        assertThat(pods.two().send(ALICE, pods.room(), "m251").join().seq()).isEqualTo(251);
    }

    private Batch batch(long seq, String body) {
        return new Batch(pods.room(), seq, "b" + seq, System.currentTimeMillis(), List.of(body));
    }

    private int queries() {
        return pods.one().faults.requests(QueryRequest.class);
    }
}
