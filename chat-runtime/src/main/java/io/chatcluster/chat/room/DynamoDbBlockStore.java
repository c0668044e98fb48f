package io.chatcluster.chat.room;

import static io.chatcluster.chat.room.DynamoDbCalls.call;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.operations.DynamoDbAttempts;
import io.chatcluster.chat.operations.DynamoDbAttempts.Found;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Blocks in the table of memberships: {@code user} blocks whom the reserved room {@code ~block:…} names. */
@ApplicationScoped
public class DynamoDbBlockStore implements BlockStore {

    private static final String PREFIX = RoomId.RESERVED_PREFIX + "block:";

    private final DynamoDbClient client;
    private final DynamoDbAttempts attempts;
    private final String table;
    private final DynamoDbBatchReads reads;

    @Inject
    public DynamoDbBlockStore(DynamoDbClient client, DynamoDbAttempts attempts, ChatConfig config) {
        this.client = client;
        this.attempts = attempts;
        this.table = config.dynamodb().tablePrefix() + "members";
        this.reads = new DynamoDbBatchReads(client, table, true);
    }

    @Override
    public void block(UserId user, UserId other) {
        call(() -> client.putItem(r -> r.tableName(table).item(key(user, other))));
    }

    @Override
    public void unblock(UserId user, UserId other) {
        call(() -> client.deleteItem(r -> r.tableName(table).key(key(user, other))));
    }

    @Override
    public List<UserId> blocked(UserId user, @Nullable UserId after, int limit) {
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression("#user = :user AND begins_with(room, :prefix)")
                .expressionAttributeNames(Map.of("#user", "user"))
                .expressionAttributeValues(
                        Map.of(":user", AttributeValue.fromS(user.value()), ":prefix", AttributeValue.fromS(PREFIX)))
                .consistentRead(true)
                .exclusiveStartKey(after == null ? null : key(user, after))
                .limit(limit)
                .build();
        return call(() -> client.query(request)).items().stream()
                .map(DynamoDbBlockStore::other)
                .toList();
    }

    private static UserId other(Map<String, AttributeValue> item) {
        AttributeValue room = item.get("room");
        if (room == null) {
            throw new IllegalStateException("an item of the members table lacks its key");
        }
        return new UserId(room.s().substring(PREFIX.length()));
    }

    @Override
    public boolean between(UserId one, UserId other) {
        List<Map<String, AttributeValue>> keys = List.of(key(one, other), key(other, one));
        return !attempts.read(table, keys, "room")
                .filter(Found::all)
                .map(Found::items)
                .orElseGet(() -> read(keys))
                .isEmpty();
    }

    private List<Map<String, AttributeValue>> read(List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        reads.forEach(keys, found::add);
        return found;
    }

    private static Map<String, AttributeValue> key(UserId user, UserId other) {
        return Map.of("user", AttributeValue.fromS(user.value()), "room", AttributeValue.fromS(PREFIX + other.value()));
    }
}
