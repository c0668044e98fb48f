package io.chatcluster.chat.presence;

import static io.chatcluster.chat.room.DynamoDbCalls.conditionally;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.room.DynamoDbBatchReads;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keeps the times in the table of memberships, each in an item with a reserved room of the user's own. */
@ApplicationScoped
public class DynamoDbLastSeenStore implements LastSeenStore {

    private static final String PREFIX = RoomId.RESERVED_PREFIX + "seen:";
    private static final String AT = "lastSeen";

    private final DynamoDbClient client;
    private final String table;
    private final DynamoDbBatchReads reads;

    @Inject
    public DynamoDbLastSeenStore(DynamoDbClient client, ChatConfig config) {
        this.client = client;
        this.table = config.dynamodb().tablePrefix() + "members";
        this.reads = new DynamoDbBatchReads(client, table, false);
    }

    @Override
    public void seen(UserId user, long at) {
        conditionally(() -> client.updateItem(r -> r.tableName(table)
                .key(key(user))
                .updateExpression("SET lastSeen = :at")
                .conditionExpression("attribute_not_exists(lastSeen) OR lastSeen < :at")
                .expressionAttributeValues(Map.of(":at", AttributeValue.fromN(Long.toString(at))))));
    }

    @Override
    public Map<UserId, Long> lastSeen(Collection<UserId> users) {
        Map<UserId, Long> times = new HashMap<>();
        reads.forEach(users.stream().distinct().map(DynamoDbLastSeenStore::key).toList(), item -> {
            AttributeValue user = item.get("user");
            AttributeValue at = item.get(AT);
            if (user != null && at != null) {
                times.put(new UserId(user.s()), Long.valueOf(at.n()));
            }
        });
        return times;
    }

    private static Map<String, AttributeValue> key(UserId user) {
        return Map.of("user", AttributeValue.fromS(user.value()), "room", AttributeValue.fromS(PREFIX + user.value()));
    }
}
