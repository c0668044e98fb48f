package io.chatcluster.chat.presence;

import static io.chatcluster.chat.room.DynamoDbCalls.call;
import static io.chatcluster.chat.room.DynamoDbCalls.conditionally;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Keeps the times in the table of memberships, each in an item with a reserved room of the user's own. */
@ApplicationScoped
public class DynamoDbLastSeenStore implements LastSeenStore {

    /** Of DynamoDB's BatchGetItem. */
    private static final int BATCH_KEYS_MAX = 100;

    private static final String PREFIX = RoomId.RESERVED_PREFIX + "seen:";
    private static final String AT = "lastSeen";

    private final DynamoDbClient client;
    private final String table;

    @Inject
    public DynamoDbLastSeenStore(DynamoDbClient client, ChatConfig config) {
        this.client = client;
        this.table = config.dynamodb().tablePrefix() + "members";
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
        List<UserId> all = users.stream().distinct().toList();
        for (int from = 0; from < all.size(); from += BATCH_KEYS_MAX) {
            addTo(times, all.subList(from, Math.min(all.size(), from + BATCH_KEYS_MAX)));
        }
        return times;
    }

    private void addTo(Map<UserId, Long> times, List<UserId> users) {
        Map<String, KeysAndAttributes> wanted = Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(users.stream().map(DynamoDbLastSeenStore::key).toList())
                        .build());
        while (!wanted.isEmpty()) {
            Map<String, KeysAndAttributes> request = wanted;
            var response = call(() -> client.batchGetItem(r -> r.requestItems(request)));
            for (var item : response.responses().getOrDefault(table, List.of())) {
                AttributeValue user = item.get("user");
                AttributeValue at = item.get(AT);
                if (user != null && at != null) {
                    times.put(new UserId(user.s()), Long.valueOf(at.n()));
                }
            }
            wanted = response.unprocessedKeys();
        }
    }

    private static Map<String, AttributeValue> key(UserId user) {
        return Map.of("user", AttributeValue.fromS(user.value()), "room", AttributeValue.fromS(PREFIX + user.value()));
    }
}
