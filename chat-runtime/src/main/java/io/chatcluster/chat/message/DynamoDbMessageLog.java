package io.chatcluster.chat.message;

import static io.chatcluster.chat.room.DynamoDbCalls.call;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.room.DynamoDbCalls;
import io.chatcluster.chat.room.RoomId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
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

    /** How long system rooms' events are kept, seconds: they are for watching, not for reading. */
    private static final long SYSTEM_EVENTS_KEPT = 3_600;

    private static final Duration RESOLVE_TIMEOUT = Duration.ofSeconds(6);
    private static final int PAUSE_MAX_MILLIS = 400;

    private final DynamoDbClient client;
    private final String table;

    @Inject
    public DynamoDbMessageLog(DynamoDbClient client, ChatConfig config) {
        this.client = client;
        this.table = config.dynamodb().tablePrefix() + "messages";
    }

    @Override
    public Append append(Batch batch) {
        PutItemRequest request = PutItemRequest.builder()
                .tableName(table)
                .item(item(batch))
                .conditionExpression("attribute_not_exists(room)")
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        long deadline = System.nanoTime() + RESOLVE_TIMEOUT.toNanos();
        while (true) {
            try {
                client.putItem(request);
                return new Append.Committed();
            } catch (ConditionalCheckFailedException e) {
                return outcome(batch, e.hasItem() ? batch(e.item()) : existing(batch));
            } catch (SdkException e) {
                // The Put may have been applied although its answer was lost, and may still be. Only the item at its
                // key
                // tells. While the key is free the very same Put is repeated: it can be applied once at most.
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
        Map<String, AttributeValue> key =
                Map.of("room", text(batch.room().value()), "firstSeq", number(batch.firstSeq()));
        var response = client.getItem(r -> r.tableName(table).key(key).consistentRead(true));
        return response.hasItem() ? Optional.of(batch(response.item())) : Optional.empty();
    }

    @Override
    public Optional<Batch> last(RoomId room) {
        return at(room, Long.MAX_VALUE);
    }

    @Override
    public Optional<Batch> at(RoomId room, long seq) {
        return query(room, "firstSeq <= :seq", seq, false, 1).stream().findFirst();
    }

    @Override
    public List<Batch> forward(RoomId room, long fromSeq, int events) {
        return query(room, "firstSeq >= :seq", fromSeq, true, events);
    }

    @Override
    public List<Batch> backward(RoomId room, long beforeSeq, int events) {
        return query(room, "firstSeq < :seq", beforeSeq, false, events);
    }

    private List<Batch> query(RoomId room, String range, long seq, boolean ascending, int events) {
        List<Batch> batches = new ArrayList<>();
        Map<String, AttributeValue> start = null;
        int found = 0;
        do {
            QueryResponse page = page(room, range, seq, ascending, events - found, start);
            for (Map<String, AttributeValue> item : page.items()) {
                Batch batch = batch(item);
                batches.add(batch);
                found += batch.events().size();
                if (found >= events) {
                    return batches;
                }
            }
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (start != null);
        return batches;
    }

    private QueryResponse page(
            RoomId room,
            String range,
            long seq,
            boolean ascending,
            int items,
            @Nullable Map<String, AttributeValue> start) {
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("room = :room AND " + range)
                .expressionAttributeValues(Map.of(":room", text(room.value()), ":seq", number(seq)))
                .scanIndexForward(ascending)
                .consistentRead(true)
                .limit(items)
                .exclusiveStartKey(start)
                .build();
        return call(() -> client.query(request));
    }

    private static Map<String, AttributeValue> item(Batch batch) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("room", text(batch.room().value()));
        item.put("firstSeq", number(batch.firstSeq()));
        item.put("lastSeq", number(batch.lastSeq()));
        item.put("batchId", text(batch.batchId()));
        item.put("time", number(batch.time()));
        item.put(
                "messages",
                AttributeValue.fromL(
                        batch.events().stream().map(DynamoDbMessageLog::text).toList()));
        if (batch.room().reserved()) {
            item.put("expiresAt", number(batch.time() / 1_000 + SYSTEM_EVENTS_KEPT));
        }
        return item;
    }

    private static Batch batch(Map<String, AttributeValue> item) {
        return new Batch(
                new RoomId(attribute(item, "room").s()),
                Long.parseLong(attribute(item, "firstSeq").n()),
                attribute(item, "batchId").s(),
                Long.parseLong(attribute(item, "time").n()),
                attribute(item, "messages").l().stream().map(AttributeValue::s).toList());
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("an item of the messages table lacks the attribute " + name);
        }
        return value;
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
