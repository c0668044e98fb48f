package io.chatcluster.chat.message;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.operations.DynamoDbClients;
import io.chatcluster.chat.services.TwoPods;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What becomes of messages whose place in the log holds something that is no batch. */
class UnreadableBatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private DynamoDbClient store;
    private String table;

    @BeforeEach
    void open() {
        store = DynamoDbClients.builder(pods.one().config).build();
        table = pods.one().config.dynamodb().tablePrefix() + "messages";
    }

    /** Tests after this one read all rooms of the same people. */
    @AfterEach
    void close() {
        mend();
        store.close();
    }

    @Test
    void shouldSayWhatCannotBeReadWhetherThereIsToWaitForMoreOrNot() {
        // Given a pod that is about to put the room's second batch at once
        pods.send(pods.one(), 1, 1);
        spoil();

        // When
        CompletableFuture<Ack> atOnce = send("m2");
        assertThat(atOnce).failsWithin(PATIENCE);
        CompletableFuture<Ack> later = send("m3");

        // Then
        assertThat(later).failsWithin(PATIENCE);
        for (CompletableFuture<Ack> sent : List.of(atOnce, later)) {
            assertThat(sent.exceptionNow())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("lacks the attribute batchId");
        }
    }

    @Test
    void shouldGoOnOnceItIsGone() {
        // Given
        pods.send(pods.one(), 1, 1);
        spoil();
        assertThat(send("m2")).failsWithin(PATIENCE);

        // When
        mend();
        CompletableFuture<Ack> sent = send("m2");

        // Then
        assertThat(sent).succeedsWithin(PATIENCE).extracting(Ack::seq).isEqualTo(2L);
    }

    private void spoil() {
        store.putItem(put -> put.tableName(table).item(DynamoDbBatchItems.key(pods.room(), 2)));
    }

    private void mend() {
        store.deleteItem(delete -> delete.tableName(table).key(DynamoDbBatchItems.key(pods.room(), 2)));
    }

    private CompletableFuture<Ack> send(String clientMessageId) {
        return pods.one().send(ALICE, pods.room(), clientMessageId);
    }
}
