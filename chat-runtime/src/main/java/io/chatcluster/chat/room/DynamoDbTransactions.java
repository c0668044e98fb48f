package io.chatcluster.chat.room;

import static io.chatcluster.chat.room.DynamoDbCalls.call;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes several items or none, again when another transaction got in the way. */
public final class DynamoDbTransactions {

    private static final int ATTEMPTS_MAX = 30;
    private static final long BACKOFF_MAX_MILLIS = 200;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";
    private static final String CONFLICT = "TransactionConflict";
    private static final Set<String> KNOWN = Set.of("None", CONDITION_FAILED);

    private DynamoDbTransactions() {}

    /**
     * What a transaction came to.
     *
     * @param reasons one for each item; empty when all was written
     */
    public record Outcome(List<CancellationReason> reasons) {

        public boolean written() {
            return reasons.isEmpty();
        }

        /** Whether the condition of the item at {@code index} failed. */
        public boolean refused(int index) {
            return !written() && CONDITION_FAILED.equals(reasons.get(index).code());
        }

        /** The item whose condition failed, as it is, when the request asked for it; empty when there is none. */
        Map<String, AttributeValue> found(int index) {
            return reasons.get(index).item();
        }
    }

    /**
     * Writes the items. Blocks.
     *
     * @throws ChatException {@code unavailable} when others kept writing the same items
     */
    public static Outcome write(DynamoDbClient client, Collection<TransactWriteItem> items) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            try {
                return call(() -> {
                    client.transactWriteItems(r -> r.transactItems(items));
                    return new Outcome(List.of());
                });
            } catch (TransactionCanceledException e) {
                List<CancellationReason> reasons = e.cancellationReasons();
                if (reasons.stream().allMatch(reason -> KNOWN.contains(reason.code()))) {
                    return new Outcome(reasons);
                }
                if (reasons.stream().noneMatch(reason -> CONFLICT.equals(reason.code()))) {
                    throw DynamoDbCalls.unavailable(e);
                }
                pause(attempt);
            }
        }
        throw new ChatException(ErrorCode.UNAVAILABLE, "too many changes at once", RETRY_AFTER);
    }

    private static void pause(int attempt) {
        long ceiling = Math.min(BACKOFF_MAX_MILLIS, 5L << Math.min(attempt, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(ceiling) + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException(ErrorCode.UNAVAILABLE, "the pod is going away", RETRY_AFTER, e);
        }
    }
}
