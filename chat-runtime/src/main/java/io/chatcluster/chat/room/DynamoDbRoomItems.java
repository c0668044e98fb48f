package io.chatcluster.chat.room;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rooms and memberships as DynamoDB items, and back. */
final class DynamoDbRoomItems {

    private DynamoDbRoomItems() {}

    static Map<String, AttributeValue> item(Room room) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("room", AttributeValue.fromS(room.id().value()));
        item.put("kind", AttributeValue.fromS(room.kind().name().toLowerCase(Locale.ROOT)));
        if (room.name() != null) {
            item.put("name", AttributeValue.fromS(room.name()));
        }
        item.put("createdBy", AttributeValue.fromS(room.createdBy().value()));
        item.put("createdAt", number(room.createdAt()));
        return item;
    }

    static Room room(Map<String, AttributeValue> item) {
        AttributeValue name = item.get("name");
        return new Room(
                new RoomId(text(item, "room")),
                RoomKind.valueOf(text(item, "kind").toUpperCase(Locale.ROOT)),
                name == null ? null : name.s(),
                new UserId(text(item, "createdBy")),
                number(item, "createdAt"));
    }

    static Map<String, AttributeValue> item(Membership membership) {
        return Map.of(
                "user", AttributeValue.fromS(membership.user().value()),
                "room", AttributeValue.fromS(membership.room().value()),
                "role", AttributeValue.fromS(membership.role().name().toLowerCase(Locale.ROOT)),
                "joinedSeq", number(membership.joinedSeq()),
                "joinedAt", number(membership.joinedAt()),
                "read", number(membership.read()));
    }

    static Membership membership(Map<String, AttributeValue> item) {
        return new Membership(
                new RoomId(text(item, "room")),
                new UserId(text(item, "user")),
                Role.valueOf(text(item, "role").toUpperCase(Locale.ROOT)),
                number(item, "joinedSeq"),
                number(item, "joinedAt"),
                number(item, "read"));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return attribute(item, name).s();
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(attribute(item, name).n());
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("an item of the rooms or members table lacks the attribute " + name);
        }
        return value;
    }
}
