package io.chatcluster.chat.message;

import io.chatcluster.chat.room.RoomId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Batches as items of the messages table, and back. */
final class DynamoDbBatchItems {

    private DynamoDbBatchItems() {}

    /** @param expiresAt epoch seconds; empty for never */
    static Map<String, AttributeValue> item(Batch batch, OptionalLong expiresAt) {
        Map<String, AttributeValue> item = new HashMap<>(key(batch.room(), batch.firstSeq()));
        item.put("lastSeq", number(batch.lastSeq()));
        item.put("batchId", text(batch.batchId()));
        item.put("time", number(batch.time()));
        item.put(
                "messages",
                AttributeValue.fromL(
                        batch.events().stream().map(DynamoDbBatchItems::text).toList()));
        if (batch.changesBefore() > 0) {
            item.put("changesBefore", number(batch.changesBefore()));
        }
        expiresAt.ifPresent(seconds -> item.put("expiresAt", number(seconds)));
        return item;
    }

    static Batch batch(Map<String, AttributeValue> item) {
        return new Batch(
                room(item),
                number(item, "firstSeq"),
                attribute(item, "batchId").s(),
                number(item, "time"),
                attribute(item, "messages").l().stream().map(AttributeValue::s).toList(),
                numberOr(item, "changesBefore", 0));
    }

    static RoomId room(Map<String, AttributeValue> item) {
        return new RoomId(attribute(item, "room").s());
    }

    static Map<String, AttributeValue> key(RoomId room, long firstSeq) {
        return Map.of("room", text(room.value()), "firstSeq", number(firstSeq));
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(attribute(item, name).n());
    }

    static long numberOr(Map<String, AttributeValue> item, String name, long absent) {
        @Nullable AttributeValue value = item.get(name);
        return value == null ? absent : Long.parseLong(value.n());
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("an item of the messages table lacks the attribute " + name);
        }
        return value;
    }
}
