package io.chatcluster.chat.room;

import static io.chatcluster.chat.room.DynamoDbCalls.call;
import static io.chatcluster.chat.room.DynamoDbCalls.conditionally;
import static io.chatcluster.chat.room.DynamoDbRoomItems.number;

import io.chatcluster.chat.operations.ChatConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Rooms in one table by {@code room}; memberships in another by {@code user} and {@code room}, indexed by room. Items of
 * the latter whose room is reserved are not memberships.
 */
@ApplicationScoped
public class DynamoDbRoomStore implements RoomStore {

    private static final String BY_ROOM = "byRoom";

    private final DynamoDbClient client;
    private final String roomsTable;
    private final String membersTable;
    private final DynamoDbBatchReads roomReads;
    private final DynamoDbMemberChanges changes;

    @Inject
    public DynamoDbRoomStore(DynamoDbClient client, ChatConfig config) {
        this.client = client;
        this.roomsTable = config.dynamodb().tablePrefix() + "rooms";
        this.membersTable = config.dynamodb().tablePrefix() + "members";
        this.roomReads = new DynamoDbBatchReads(client, roomsTable, true);
        this.changes = new DynamoDbMemberChanges(client, roomsTable, membersTable);
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
        roomReads.forEach(
                ids.stream().distinct().map(DynamoDbRoomStore::roomKey).toList(), item -> {
                    Room room = DynamoDbRoomItems.room(item);
                    rooms.put(room.id(), room);
                });
        return rooms;
    }

    @Override
    public boolean createRoom(Room room) {
        int owners = room.kind() == RoomKind.GROUP ? 1 : 0;
        return conditionally(() -> client.putItem(r -> r.tableName(roomsTable)
                .item(DynamoDbRoomItems.item(room, owners))
                .conditionExpression("attribute_not_exists(room)")));
    }

    @Override
    public Membership addFounder(Membership membership) {
        try {
            call(() -> client.putItem(r -> r.tableName(membersTable)
                    .item(DynamoDbRoomItems.item(membership))
                    .conditionExpression("attribute_not_exists(room)")
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return membership;
        } catch (ConditionalCheckFailedException refused) {
            return DynamoDbRoomItems.membership(refused.item());
        }
    }

    @Override
    public boolean renameRoom(RoomId id, String name, OwedEvent event) {
        return conditionally(() -> client.updateItem(r -> r.tableName(roomsTable)
                .key(roomKey(id))
                .updateExpression("SET #name = :name ADD owed :owed")
                .conditionExpression("attribute_exists(room)")
                .expressionAttributeNames(Map.of("#name", "name"))
                .expressionAttributeValues(
                        Map.of(":name", text(name), ":owed", DynamoDbRoomItems.owed(List.of(event))))));
    }

    @Override
    public void settled(RoomId id, List<OwedEvent> events) {
        TransactWriteItem update = TransactWriteItem.builder()
                .update(r -> r.tableName(roomsTable)
                        .key(roomKey(id))
                        .updateExpression("DELETE owed :owed")
                        .conditionExpression("attribute_exists(room)")
                        .expressionAttributeValues(Map.of(":owed", DynamoDbRoomItems.owed(events))))
                .build();
        // Where members come and go a plain write would be refused.
        var unused = DynamoDbTransactions.write(client, List.of(update));
    }

    @Override
    public boolean endRoom(RoomId id) {
        return conditionally(() -> client.updateItem(r -> r.tableName(roomsTable)
                .key(roomKey(id))
                .updateExpression("SET ending = :ending")
                .conditionExpression("attribute_exists(room)")
                .expressionAttributeValues(Map.of(":ending", AttributeValue.fromBool(true)))));
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
        List<Membership> memberships = new ArrayList<>();
        Map<String, AttributeValue> start = null;
        do {
            QueryRequest request = membershipsRequest(user, start);
            var page = call(() -> client.query(request));
            page.items().forEach(item -> memberships.add(DynamoDbRoomItems.membership(item)));
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (start != null);
        return memberships;
    }

    private QueryRequest membershipsRequest(UserId user, @Nullable Map<String, AttributeValue> start) {
        // "user" is one of DynamoDB's reserved words; reserved room ids come after all others.
        return QueryRequest.builder()
                .tableName(membersTable)
                .keyConditionExpression("#user = :user AND room < :reserved")
                .expressionAttributeNames(Map.of("#user", "user"))
                .expressionAttributeValues(
                        Map.of(":user", text(user.value()), ":reserved", text(RoomId.RESERVED_PREFIX)))
                .consistentRead(true)
                .exclusiveStartKey(start)
                .build();
    }

    @Override
    public List<Membership> members(RoomId room, @Nullable UserId after, int limit) {
        QueryRequest request = QueryRequest.builder()
                .tableName(membersTable)
                .indexName(BY_ROOM)
                .keyConditionExpression("room = :room")
                .expressionAttributeValues(Map.of(":room", text(room.value())))
                .exclusiveStartKey(after == null ? null : memberKey(after, room))
                .limit(limit)
                .build();
        return call(() -> client.query(request)).items().stream()
                .map(DynamoDbRoomItems::membership)
                .toList();
    }

    @Override
    public MemberChange addMember(Membership membership, int membersMax, OwedEvent event) {
        return changes.add(membership, membersMax, event);
    }

    @Override
    public MemberChange changeRole(Membership present, Role role, OwedEvent event) {
        return changes.changeRole(present, role, event);
    }

    @Override
    public MemberChange removeMember(Membership present, OwedEvent event) {
        return changes.remove(present, event);
    }

    @Override
    public void dropMember(UserId user, RoomId room) {
        call(() -> client.deleteItem(r -> r.tableName(membersTable).key(memberKey(user, room))));
    }

    @Override
    public boolean setMuted(UserId user, RoomId room, boolean muted) {
        return conditionally(() -> client.updateItem(r -> r.tableName(membersTable)
                .key(memberKey(user, room))
                .updateExpression("SET muted = :muted")
                .conditionExpression("attribute_exists(room)")
                .expressionAttributeValues(Map.of(":muted", AttributeValue.fromBool(muted)))));
    }

    @Override
    public ReadMark advanceRead(UserId user, RoomId room, long seq) {
        try {
            call(() -> client.updateItem(r -> r.tableName(membersTable)
                    .key(memberKey(user, room))
                    .updateExpression("SET #read = :seq")
                    .conditionExpression("attribute_exists(room) AND #read < :seq")
                    .expressionAttributeNames(Map.of("#read", "read"))
                    .expressionAttributeValues(Map.of(":seq", number(seq)))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return ReadMark.MOVED;
        } catch (ConditionalCheckFailedException refused) {
            if (!refused.hasItem() || refused.item().isEmpty()) {
                return ReadMark.NOT_A_MEMBER;
            }
            return meetsItself(refused, seq) ? ReadMark.MOVED : ReadMark.THERE_ALREADY;
        }
    }

    /** Whether it may be this very request that moved the marker there, before its answer was lost and it was made again. */
    private static boolean meetsItself(ConditionalCheckFailedException refused, long seq) {
        Integer attempts = refused.numAttempts();
        return attempts != null
                && attempts > 1
                && DynamoDbRoomItems.membership(refused.item()).read() == seq;
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
