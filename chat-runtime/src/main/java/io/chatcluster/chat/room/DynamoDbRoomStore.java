package io.chatcluster.chat.room;

import static io.chatcluster.chat.room.DynamoDbCalls.call;

import io.chatcluster.chat.operations.ChatConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Rooms in one table by {@code room}; memberships in another by {@code user} and {@code room}, indexed by room. */
@ApplicationScoped
public class DynamoDbRoomStore implements RoomStore {

    /** Of DynamoDB's BatchGetItem. */
    private static final int BATCH_KEYS_MAX = 100;

    private static final String BY_ROOM = "byRoom";

    private final DynamoDbClient client;
    private final String roomsTable;
    private final String membersTable;

    @Inject
    public DynamoDbRoomStore(DynamoDbClient client, ChatConfig config) {
        this.client = client;
        this.roomsTable = config.dynamodb().tablePrefix() + "rooms";
        this.membersTable = config.dynamodb().tablePrefix() + "members";
    }

    @Override
    public Optional<Room> room(RoomId id) {
        var response = call(() ->
                client.getItem(r -> r.tableName(roomsTable).key(roomKey(id)).consistentRead(true)));
        return response.hasItem() ? Optional.of(DynamoDbRoomItems.room(response.item())) : Optional.empty();
    }

    @Override
    public Map<RoomId, Room> rooms(Collection<RoomId> ids) {
        Map<RoomId, Room> rooms = new HashMap<>();
        List<Map<String, AttributeValue>> keys =
                ids.stream().distinct().map(DynamoDbRoomStore::roomKey).toList();
        for (int from = 0; from < keys.size(); from += BATCH_KEYS_MAX) {
            addRooms(keys.subList(from, Math.min(keys.size(), from + BATCH_KEYS_MAX)), rooms);
        }
        return rooms;
    }

    private void addRooms(List<Map<String, AttributeValue>> keys, Map<RoomId, Room> rooms) {
        Map<String, KeysAndAttributes> wanted = Map.of(
                roomsTable,
                KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
        while (!wanted.isEmpty()) {
            Map<String, KeysAndAttributes> request = wanted;
            BatchGetItemResponse response = call(() -> client.batchGetItem(r -> r.requestItems(request)));
            for (var item : response.responses().getOrDefault(roomsTable, List.of())) {
                Room room = DynamoDbRoomItems.room(item);
                rooms.put(room.id(), room);
            }
            wanted = response.unprocessedKeys();
        }
    }

    @Override
    public boolean createRoom(Room room) {
        return conditionally(() -> client.putItem(r -> r.tableName(roomsTable)
                .item(DynamoDbRoomItems.item(room))
                .conditionExpression("attribute_not_exists(room)")));
    }

    @Override
    public boolean renameRoom(RoomId id, String name) {
        return conditionally(() -> client.updateItem(r -> r.tableName(roomsTable)
                .key(roomKey(id))
                .updateExpression("SET #name = :name")
                .conditionExpression("attribute_exists(room)")
                .expressionAttributeNames(Map.of("#name", "name"))
                .expressionAttributeValues(Map.of(":name", text(name)))));
    }

    @Override
    public void deleteRoom(RoomId id) {
        call(() -> client.deleteItem(r -> r.tableName(roomsTable).key(roomKey(id))));
    }

    @Override
    public Optional<Membership> membership(UserId user, RoomId room) {
        var response = call(() -> client.getItem(
                r -> r.tableName(membersTable).key(memberKey(user, room)).consistentRead(true)));
        return response.hasItem() ? Optional.of(DynamoDbRoomItems.membership(response.item())) : Optional.empty();
    }

    @Override
    public List<Membership> memberships(UserId user) {
        // "user" is one of DynamoDB's reserved words.
        return query(QueryRequest.builder()
                .keyConditionExpression("#user = :user")
                .expressionAttributeNames(Map.of("#user", "user"))
                .expressionAttributeValues(Map.of(":user", text(user.value())))
                .consistentRead(true));
    }

    @Override
    public List<Membership> members(RoomId room) {
        return query(QueryRequest.builder()
                .indexName(BY_ROOM)
                .keyConditionExpression("room = :room")
                .expressionAttributeValues(Map.of(":room", text(room.value()))));
    }

    private List<Membership> query(QueryRequest.Builder query) {
        List<Membership> memberships = new ArrayList<>();
        Map<String, AttributeValue> start = null;
        do {
            QueryRequest request =
                    query.tableName(membersTable).exclusiveStartKey(start).build();
            var page = call(() -> client.query(request));
            page.items().forEach(item -> memberships.add(DynamoDbRoomItems.membership(item)));
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (start != null);
        return memberships;
    }

    @Override
    public int countMembers(RoomId room) {
        int members = 0;
        Map<String, AttributeValue> start = null;
        do {
            QueryRequest request = countRequest(room, start);
            var page = call(() -> client.query(request));
            members += page.count();
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (start != null);
        return members;
    }

    private QueryRequest countRequest(RoomId room, @Nullable Map<String, AttributeValue> start) {
        return QueryRequest.builder()
                .tableName(membersTable)
                .indexName(BY_ROOM)
                .keyConditionExpression("room = :room")
                .expressionAttributeValues(Map.of(":room", text(room.value())))
                .select(Select.COUNT)
                .exclusiveStartKey(start)
                .build();
    }

    @Override
    public boolean addMember(Membership membership) {
        return conditionally(() -> client.putItem(r -> r.tableName(membersTable)
                .item(DynamoDbRoomItems.item(membership))
                .conditionExpression("attribute_not_exists(room)")));
    }

    @Override
    public boolean changeRole(UserId user, RoomId room, Role role) {
        return conditionally(() -> client.updateItem(r -> r.tableName(membersTable)
                .key(memberKey(user, room))
                .updateExpression("SET #role = :role")
                .conditionExpression("attribute_exists(room)")
                .expressionAttributeNames(Map.of("#role", "role"))
                .expressionAttributeValues(Map.of(":role", text(role.name().toLowerCase(Locale.ROOT))))));
    }

    @Override
    public boolean removeMember(UserId user, RoomId room) {
        return conditionally(() -> client.deleteItem(r ->
                r.tableName(membersTable).key(memberKey(user, room)).conditionExpression("attribute_exists(room)")));
    }

    @Override
    public boolean advanceRead(UserId user, RoomId room, long seq) {
        return conditionally(() -> client.updateItem(r -> r.tableName(membersTable)
                .key(memberKey(user, room))
                .updateExpression("SET #read = :seq")
                .conditionExpression("attribute_exists(room) AND #read < :seq")
                .expressionAttributeNames(Map.of("#read", "read"))
                .expressionAttributeValues(Map.of(":seq", AttributeValue.fromN(Long.toString(seq))))));
    }

    private static boolean conditionally(Runnable write) {
        try {
            return call(() -> {
                write.run();
                return true;
            });
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private static Map<String, AttributeValue> roomKey(RoomId room) {
        return Map.of("room", text(room.value()));
    }

    private static Map<String, AttributeValue> memberKey(UserId user, RoomId room) {
        return Map.of("user", text(user.value()), "room", text(room.value()));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
