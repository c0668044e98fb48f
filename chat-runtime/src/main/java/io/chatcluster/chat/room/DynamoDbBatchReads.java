package io.chatcluster.chat.room;

import static io.chatcluster.chat.room.DynamoDbCalls.call;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads items of one table by their keys, a hundred with each request, and asks again for those that DynamoDB leaves for later. */
public final class DynamoDbBatchReads {

    /** As many keys as a request takes. */
    private static final int KEYS_MAX = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int PAUSE_MIN_MILLIS = 20;
    private static final int PAUSE_MAX_MILLIS = 400;

    private final DynamoDbClient client;
    private final String table;
    private final boolean consistent;

    /** @param consistent whether every write is seen that was answered before */
    public DynamoDbBatchReads(DynamoDbClient client, String table, boolean consistent) {
        this.client = client;
        this.table = table;
        this.consistent = consistent;
    }

    /**
     * Hands over the items there are, in any order. Blocks.
     *
     * @param keys each once
     * @throws ChatException {@code unavailable} when DynamoDB does not answer for all of them within some seconds
     */
    public void forEach(List<Map<String, AttributeValue>> keys, Consumer<Map<String, AttributeValue>> reader) {
        for (int from = 0; from < keys.size(); from += KEYS_MAX) {
            read(keys.subList(from, Math.min(keys.size(), from + KEYS_MAX)), reader);
        }
    }

    private void read(List<Map<String, AttributeValue>> keys, Consumer<Map<String, AttributeValue>> reader) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Map<String, KeysAndAttributes> wanted = Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(keys)
                        .consistentRead(consistent)
                        .build());
        int pause = PAUSE_MIN_MILLIS;
        while (true) {
            Map<String, KeysAndAttributes> request = wanted;
            BatchGetItemResponse response = call(() -> client.batchGetItem(r -> r.requestItems(request)));
            response.responses().getOrDefault(table, List.of()).forEach(reader);
            wanted = response.unprocessedKeys();
            if (wanted.isEmpty()) {
                return;
            }
            pause = Math.min(2 * pause, PAUSE_MAX_MILLIS);
            if (System.nanoTime() - deadline > 0 || !paused(pause)) {
                throw new ChatException(ErrorCode.UNAVAILABLE, "the message store did not answer for all");
            }
        }
    }

    /** What it leaves it has no capacity for: to ask again at once would take more of that. */
    private static boolean paused(int millis) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MIN_MILLIS, millis + 1));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
