package io.chatcluster.chat.room;

import static io.chatcluster.chat.room.DynamoDbRoomItems.number;

import io.chatcluster.chat.room.DynamoDbTransactions.Outcome;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Changes a member, what the room's item counts of its members, and what the room owes its log: all or nothing. */
final class DynamoDbMemberChanges {

    private static final int MEMBER = 0;
    private static final int ROOM = 1;

    private final DynamoDbClient client;
    private final String roomsTable;
    private final String membersTable;

    DynamoDbMemberChanges(DynamoDbClient client, String roomsTable, String membersTable) {
        this.client = client;
        this.roomsTable = roomsTable;
        this.membersTable = membersTable;
    }

    MemberChange add(Membership membership, int membersMax, OwedEvent event) {
        TransactWriteItem member = TransactWriteItem.builder()
                .put(r -> r.tableName(membersTable)
                        .item(DynamoDbRoomItems.item(membership))
                        .conditionExpression("attribute_not_exists(room)"))
                .build();
        Outcome outcome = DynamoDbTransactions.write(
                client,
                List.of(
                        member,
                        countRoom(
                                membership.room(),
                                1,
                                membership.role() == Role.OWNER ? 1 : 0,
                                "attribute_not_exists(ending) AND members < :bound",
                                membersMax,
                                event)));
        if (outcome.refused(ROOM)) {
            Map<String, AttributeValue> room = outcome.found(ROOM);
            return room.isEmpty() || room.containsKey("ending") ? MemberChange.NO_ROOM : full(outcome);
        }
        return outcome.written() ? MemberChange.DONE : MemberChange.OTHERWISE;
    }

    /** A full room is none to a user who is in it already. */
    private static MemberChange full(Outcome outcome) {
        return outcome.refused(MEMBER) ? MemberChange.OTHERWISE : MemberChange.FULL;
    }

    MemberChange remove(Membership present, OwedEvent event) {
        TransactWriteItem member = TransactWriteItem.builder()
                .delete(r -> r.tableName(membersTable)
                        .key(memberKey(present))
                        .conditionExpression("#role = :present")
                        .expressionAttributeNames(Map.of("#role", "role"))
                        .expressionAttributeValues(Map.of(":present", DynamoDbRoomItems.role(present.role()))))
                .build();
        return write(member, present.room(), -1, present.role() == Role.OWNER ? -1 : 0, event);
    }

    MemberChange changeRole(Membership present, Role role, OwedEvent event) {
        TransactWriteItem member = TransactWriteItem.builder()
                .update(r -> r.tableName(membersTable)
                        .key(memberKey(present))
                        .updateExpression("SET #role = :role")
                        .conditionExpression("#role = :present")
                        .expressionAttributeNames(Map.of("#role", "role"))
                        .expressionAttributeValues(Map.of(
                                ":present", DynamoDbRoomItems.role(present.role()),
                                ":role", DynamoDbRoomItems.role(role))))
                .build();
        int owners = (role == Role.OWNER ? 1 : 0) - (present.role() == Role.OWNER ? 1 : 0);
        return write(member, present.room(), 0, owners, event);
    }

    private MemberChange write(TransactWriteItem member, RoomId room, int members, int owners, OwedEvent event) {
        // Without a change of owners the bound holds for every room that exists.
        TransactWriteItem count = countRoom(room, members, owners, "owners > :bound", owners < 0 ? 1 : -1, event);
        Outcome outcome = DynamoDbTransactions.write(client, List.of(member, count));
        if (outcome.refused(MEMBER)) {
            return MemberChange.OTHERWISE;
        }
        if (outcome.refused(ROOM)) {
            return outcome.found(ROOM).isEmpty() ? MemberChange.NO_ROOM : MemberChange.LAST_OWNER;
        }
        return MemberChange.DONE;
    }

    private TransactWriteItem countRoom(
            RoomId room, int members, int owners, String condition, int bound, OwedEvent event) {
        return TransactWriteItem.builder()
                .update(r -> r.tableName(roomsTable)
                        .key(Map.of("room", AttributeValue.fromS(room.value())))
                        .updateExpression("ADD members :members, owners :owners, owed :owed")
                        .conditionExpression("attribute_exists(room) AND " + condition)
                        .expressionAttributeValues(Map.of(
                                ":members", number(members),
                                ":owners", number(owners),
                                ":bound", number(bound),
                                ":owed", DynamoDbRoomItems.owed(List.of(event))))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    private static Map<String, AttributeValue> memberKey(Membership membership) {
        return Map.of(
                "user", AttributeValue.fromS(membership.user().value()),
                "room", AttributeValue.fromS(membership.room().value()));
    }
}
