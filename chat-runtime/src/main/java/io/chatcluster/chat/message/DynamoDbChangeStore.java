package io.chatcluster.chat.message;

import static io.chatcluster.chat.room.DynamoDbCalls.call;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * States in the messages table, in a partition beside the room's: an item per changed message under the message's
 * sequence, and under 0 how far the changes are folded. No room's id has the space that these partitions' names have.
 */
@ApplicationScoped
public class DynamoDbChangeStore implements ChangeStore {

    private static final String PARTITION_SUFFIX = " changes";

    private final DynamoDbClient client;
    private final String table;
    private final Retention retention;

    @Inject
    public DynamoDbChangeStore(DynamoDbClient client, ChatConfig config) {
        this.client = client;
        this.table = config.dynamodb().tablePrefix() + "messages";
        this.retention = Retention.of(config);
    }

    @Override
    public long foldedTo(RoomId room) {
        var response = call(
                () -> client.getItem(r -> r.tableName(table).key(key(room, 0)).consistentRead(true)));
        return response.hasItem() ? number(response.item(), "foldedTo") : 0;
    }

    @Override
    public void advance(RoomId room, long seq) {
        try {
            call(() -> client.updateItem(r -> r.tableName(table)
                    .key(key(room, 0))
                    .updateExpression("SET foldedTo = :seq")
                    .conditionExpression("attribute_not_exists(foldedTo) OR foldedTo < :seq")
                    .expressionAttributeValues(Map.of(":seq", number(seq)))));
        } catch (ConditionalCheckFailedException further) {
            // Somebody else has folded as much or more.
        }
    }

    @Override
    public Map<Long, MessageState> states(RoomId room, long first, long last) {
        Map<Long, MessageState> states = new HashMap<>();
        Map<String, AttributeValue> start = null;
        do {
            QueryResponse page = page(room, first, last, start);
            page.items().forEach(item -> {
                MessageState state = state(item);
                states.put(state.target(), state);
            });
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (start != null);
        return states;
    }

    private QueryResponse page(RoomId room, long first, long last, @Nullable Map<String, AttributeValue> start) {
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("room = :room AND firstSeq BETWEEN :first AND :last")
                .expressionAttributeValues(
                        Map.of(":room", partition(room), ":first", number(Math.max(1, first)), ":last", number(last)))
                .consistentRead(true)
                .exclusiveStartKey(start)
                .build();
        return call(() -> client.query(request));
    }

    @Override
    public boolean put(RoomId room, MessageState state) {
        try {
            call(() -> client.putItem(r -> r.tableName(table)
                    .item(item(room, state))
                    .conditionExpression("attribute_not_exists(lastChange) OR lastChange < :change")
                    .expressionAttributeValues(Map.of(":change", number(state.lastChange())))));
            return true;
        } catch (ConditionalCheckFailedException newer) {
            return false;
        }
    }

    private Map<String, AttributeValue> item(RoomId room, MessageState state) {
        Map<String, AttributeValue> item = new HashMap<>(key(room, state.target()));
        item.put("lastChange", number(state.lastChange()));
        item.put("deleted", number(state.deleted()));
        if (state.edit() != null) {
            item.put("editSeq", number(state.edit().seq()));
            item.put("editedAt", number(state.edit().time()));
            item.put("text", AttributeValue.fromS(state.edit().text()));
        }
        Map<String, AttributeValue> reactions = new HashMap<>();
        state.reactions().forEach((emoji, users) -> {
            Map<String, AttributeValue> seqs = new HashMap<>();
            users.forEach((user, seq) -> seqs.put(user.value(), number(seq)));
            reactions.put(emoji, AttributeValue.fromM(seqs));
        });
        item.put("reactions", AttributeValue.fromM(reactions));
        // The message is older than its change: its state is there at least as long.
        retention
                .expiresAt(room, System.currentTimeMillis())
                .ifPresent(seconds -> item.put("expiresAt", number(seconds)));
        return item;
    }

    private static MessageState state(Map<String, AttributeValue> item) {
        AttributeValue text = item.get("text");
        MessageState.Edit edit = text == null
                ? null
                : new MessageState.Edit(number(item, "editSeq"), number(item, "editedAt"), text.s());
        return new MessageState(
                number(item, "firstSeq"), number(item, "lastChange"), edit, number(item, "deleted"), reactions(item));
    }

    /** DynamoDB's maps have no order: the sequences give it back. */
    private static SequencedMap<String, SequencedMap<UserId, Long>> reactions(Map<String, AttributeValue> item) {
        Map<String, SequencedMap<UserId, Long>> byEmoji = new HashMap<>();
        attribute(item, "reactions").m().forEach((emoji, seqs) -> {
            SequencedMap<UserId, Long> users = new LinkedHashMap<>();
            seqs.m().entrySet().stream()
                    .sorted(Comparator.comparingLong(
                            e -> Long.parseLong(e.getValue().n())))
                    .forEach(e -> users.put(
                            new UserId(e.getKey()), Long.parseLong(e.getValue().n())));
            byEmoji.put(emoji, users);
        });
        SequencedMap<String, SequencedMap<UserId, Long>> ordered = new LinkedHashMap<>();
        byEmoji.entrySet().stream()
                .sorted(Comparator.comparingLong(e -> e.getValue().firstEntry().getValue()))
                .forEach(e -> ordered.put(e.getKey(), e.getValue()));
        return ordered;
    }

    private static Map<String, AttributeValue> key(RoomId room, long seq) {
        return Map.of("room", partition(room), "firstSeq", number(seq));
    }

    private static AttributeValue partition(RoomId room) {
        return AttributeValue.fromS(room.value() + PARTITION_SUFFIX);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(attribute(item, name).n());
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("a state in the messages table lacks the attribute " + name);
        }
        return value;
    }
}
