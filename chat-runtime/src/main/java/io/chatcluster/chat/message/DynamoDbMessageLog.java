package io.chatcluster.chat.message;

import static io.chatcluster.chat.room.DynamoDbCalls.call;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.operations.DynamoDbAttempts;
import io.chatcluster.chat.operations.DynamoDbAttempts.Found;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.DynamoDbCalls;
import io.chatcluster.chat.room.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The log in one table: partition key {@code room}, sort key {@code firstSeq}, an item per batch. The condition that the
 * sort key is free makes every append a compare-and-set on the tail.
 */
@ApplicationScoped
public class DynamoDbMessageLog implements MessageLog {

    private static final Duration RESOLVE_TIMEOUT = Duration.ofSeconds(6);
    private static final int PAUSE_MAX_MILLIS = 400;
    /** A page has no more than a megabyte either. */
    private static final int PAGE_ITEMS = 200;

    private final DynamoDbClient client;
    private final DynamoDbAttempts attempts;
    private final String table;
    private final Retention retention;
    private final DynamoDbTails tails;
    private final Duration resolveTimeout;

    @Inject
    public DynamoDbMessageLog(DynamoDbClient client, DynamoDbAttempts attempts, ChatConfig config) {
        this(client, attempts, config, RESOLVE_TIMEOUT);
    }

    /** @param resolveTimeout for how long it is tried to find out what became of an append whose answer was lost */
    public DynamoDbMessageLog(
            DynamoDbClient client, DynamoDbAttempts attempts, ChatConfig config, Duration resolveTimeout) {
        this.client = client;
        this.attempts = attempts;
        this.table = config.dynamodb().tablePrefix() + "messages";
        this.retention = Retention.of(config);
        this.tails = new DynamoDbTails(client, table, retention);
        this.resolveTimeout = resolveTimeout;
    }

    @Override
    public Append append(Batch batch) {
        tails.reserve(batch.room(), batch.lastSeq());
        PutItemRequest request = put(batch);
        return outcome(batch, attempts.put(request)).orElseGet(() -> resolve(batch, request));
    }

    @Override
    public boolean tryAppend(Batch batch, Consumer<Optional<Append>> answered) {
        return tails.reserved(batch.room(), batch.lastSeq())
                && attempts.tryPut(put(batch), outcome -> answered.accept(told(batch, outcome)));
    }

    private static Optional<Append> told(Batch batch, DynamoDbAttempts.Outcome outcome) {
        try {
            return outcome(batch, outcome);
        } catch (RuntimeException unreadable) {
            // Who appends it again meets the same item, and can say so.
            return Optional.empty();
        }
    }

    private PutItemRequest put(Batch batch) {
        return PutItemRequest.builder()
                .tableName(table)
                .item(DynamoDbBatchItems.item(batch, retention.expiresAt(batch.room(), batch.time())))
                .conditionExpression("attribute_not_exists(room)")
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private static Optional<Append> outcome(Batch batch, DynamoDbAttempts.Outcome outcome) {
        return switch (outcome) {
            case DynamoDbAttempts.Outcome.Applied() -> Optional.of(new Append.Committed());
            case DynamoDbAttempts.Outcome.Occupied(var by) -> Optional.of(outcome(batch, DynamoDbBatchItems.batch(by)));
            case DynamoDbAttempts.Outcome.Unknown() -> Optional.empty();
        };
    }

    private Append resolve(Batch batch, PutItemRequest request) {
        long deadline = System.nanoTime() + resolveTimeout.toNanos();
        while (true) {
            try {
                client.putItem(request);
                return new Append.Committed();
            } catch (ConditionalCheckFailedException e) {
                return outcome(batch, e.hasItem() ? DynamoDbBatchItems.batch(e.item()) : existing(batch));
            } catch (SdkException e) {
                requireAcceptable(batch, e);
                // The Put may have been applied although its answer was lost, and may still be. Only the item at its
                // key tells. While the key is free the very same Put is repeated: it can be applied once at most.
                Optional<Append> outcome = readBack(batch);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
                if (System.nanoTime() - deadline > 0 || !pause()) {
                    throw DynamoDbCalls.unavailable(e);
                }
            }
        }
    }

    /** What DynamoDB finds invalid it will find invalid each time. */
    private static void requireAcceptable(Batch batch, SdkException failure) {
        if (failure instanceof DynamoDbException refusal
                && "ValidationException".equals(refusal.awsErrorDetails().errorCode())) {
            throw new IllegalStateException(
                    "room " + batch.room() + ": the batch at " + batch.firstSeq() + " is refused", failure);
        }
    }

    private Optional<Append> readBack(Batch batch) {
        try {
            return get(batch).map(found -> outcome(batch, found));
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    private static Append outcome(Batch batch, Batch found) {
        return found.batchId().equals(batch.batchId()) ? new Append.Committed() : new Append.Lost(found);
    }

    private static boolean pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(20, PAUSE_MAX_MILLIS));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Batch existing(Batch batch) {
        return call(() -> get(batch))
                .orElseThrow(() -> new IllegalStateException("room " + batch.room() + ": the batch at "
                        + batch.firstSeq() + " was removed while it was read"));
    }

    private Optional<Batch> get(Batch batch) {
        Map<String, AttributeValue> key = DynamoDbBatchItems.key(batch.room(), batch.firstSeq());
        var response = client.getItem(r -> r.tableName(table).key(key).consistentRead(true));
        return response.hasItem() ? Optional.of(DynamoDbBatchItems.batch(response.item())) : Optional.empty();
    }

    @Override
    public Tail tail(RoomId room) {
        return tails.tail(room);
    }

    @Override
    public Tail claim(RoomId room) {
        return tails.claim(room);
    }

    @Override
    public Set<RoomId> goneOn(Map<RoomId, Long> tails) {
        if (tails.isEmpty()) {
            return Set.of();
        }
        List<Map<String, AttributeValue>> next = tails.entrySet().stream()
                .map(tail -> DynamoDbBatchItems.key(tail.getKey(), tail.getValue() + 1))
                .toList();
        Found found = attempts.read(table, next, "room").orElseGet(() -> read(next));
        if (!found.all()) {
            // It has too much to do as it is: whoever looks comes back later.
            throw new ChatException(ErrorCode.UNAVAILABLE, "the log did not answer for all rooms");
        }
        return found.items().stream().map(DynamoDbBatchItems::room).collect(Collectors.toSet());
    }

    private Found read(List<Map<String, AttributeValue>> keys) {
        KeysAndAttributes wanted = KeysAndAttributes.builder()
                .keys(keys)
                .consistentRead(true)
                .projectionExpression("room")
                .build();
        BatchGetItemResponse response = call(() -> client.batchGetItem(r -> r.requestItems(Map.of(table, wanted))));
        return new Found(
                response.responses().getOrDefault(table, List.of()),
                response.unprocessedKeys().isEmpty());
    }

    @Override
    public Optional<Batch> at(RoomId room, long seq) {
        return query(room, 1, seq, false, 1).stream().findFirst();
    }

    @Override
    public List<Batch> forward(RoomId room, long fromSeq, int events) {
        return query(room, fromSeq, Long.MAX_VALUE, true, events);
    }

    @Override
    public List<Batch> backward(RoomId room, long beforeSeq, int events) {
        return query(room, 1, beforeSeq - 1, false, events);
    }

    @Override
    public void backward(RoomId room, long beforeSeq, Predicate<Batch> more) {
        boolean wanted = beforeSeq > 1;
        Map<String, AttributeValue> start = null;
        while (wanted) {
            QueryResponse page = page(room, 1, beforeSeq - 1, false, PAGE_ITEMS, start);
            for (Map<String, AttributeValue> item : page.items()) {
                Batch batch = DynamoDbBatchItems.batch(item);
                // What comes before an expired one has expired as well.
                wanted = wanted && visible(batch, item) && more.test(batch);
            }
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
            wanted = wanted && start != null;
        }
    }

    /** The batches that begin at {@code first..last}: under 0 there is something else. */
    private List<Batch> query(RoomId room, long first, long last, boolean ascending, int events) {
        List<Batch> batches = new ArrayList<>();
        if (first > last) {
            return batches;
        }
        Map<String, AttributeValue> start = null;
        int found = 0;
        do {
            QueryResponse page = page(room, first, last, ascending, events - found, start);
            for (Map<String, AttributeValue> item : page.items()) {
                Batch batch = DynamoDbBatchItems.batch(item);
                if (visible(batch, item)) {
                    batches.add(batch);
                    found += batch.events().size();
                } else if (!ascending) {
                    // What comes before has expired as well.
                    return batches;
                }
                if (found >= events) {
                    return batches;
                }
            }
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (start != null);
        return batches;
    }

    private boolean visible(Batch batch, Map<String, AttributeValue> item) {
        long expiresAt = DynamoDbBatchItems.numberOr(item, "expiresAt", -1);
        return retention.visible(batch, expiresAt < 0 ? null : expiresAt, System.currentTimeMillis());
    }

    private QueryResponse page(
            RoomId room,
            long first,
            long last,
            boolean ascending,
            int items,
            @Nullable Map<String, AttributeValue> start) {
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("room = :room AND firstSeq BETWEEN :first AND :last")
                .expressionAttributeValues(Map.of(
                        ":room", DynamoDbBatchItems.text(room.value()),
                        ":first", DynamoDbBatchItems.number(first),
                        ":last", DynamoDbBatchItems.number(last)))
                .scanIndexForward(ascending)
                .consistentRead(true)
                .limit(items)
                .exclusiveStartKey(start)
                .build();
        return call(() -> client.query(request));
    }
}
