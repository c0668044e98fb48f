package io.chatcluster.chat.room;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rooms and memberships as DynamoDB items, and back. */
final class DynamoDbRoomItems {

    private DynamoDbRoomItems() {}

    /** Also counts the owners, so that a write can be refused that would leave none. */
    static Map<String, AttributeValue> item(Room room, int owners) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("room", AttributeValue.fromS(room.id().value()));
        item.put("kind", AttributeValue.fromS(room.kind().name().toLowerCase(Locale.ROOT)));
        if (room.name() != null) {
            item.put("name", AttributeValue.fromS(room.name()));
        }
        item.put("createdBy", AttributeValue.fromS(room.createdBy().value()));
        item.put("createdAt", number(room.createdAt()));
        item.put("members", number(room.members()));
        item.put("owners", number(owners));
        return item;
    }

    static Room room(Map<String, AttributeValue> item) {
        AttributeValue name = item.get("name");
        return new Room(
                new RoomId(text(item, "room")),
                RoomKind.valueOf(text(item, "kind").toUpperCase(Locale.ROOT)),
                name == null ? null : name.s(),
                new UserId(text(item, "createdBy")),
                number(item, "createdAt"),
                (int) number(item, "members"),
                owed(item.get("owed")));
    }

    /** A set, so that each can be added and taken away without a look at the others. */
    static AttributeValue owed(List<OwedEvent> events) {
        return AttributeValue.fromSs(
                events.stream().map(event -> event.since() + " " + event.body()).toList());
    }

    private static List<OwedEvent> owed(@Nullable AttributeValue events) {
        return events == null
                ? List.of()
                : events.ss().stream().map(DynamoDbRoomItems::owed).toList();
    }

    private static OwedEvent owed(String event) {
        int space = event.indexOf(' ');
        return new OwedEvent(Long.parseLong(event.substring(0, space)), event.substring(space + 1));
    }

    static Map<String, AttributeValue> item(Membership membership) {
        Map<String, AttributeValue> item = new HashMap<>(Map.of(
                "user", AttributeValue.fromS(membership.user().value()),
                "room", AttributeValue.fromS(membership.room().value()),
                "role", role(membership.role()),
                "joinedSeq", number(membership.joinedSeq()),
                "joinedAt", number(membership.joinedAt()),
                "read", number(membership.read()),
                "muted", AttributeValue.fromBool(membership.muted())));
        if (membership.peer() != null) {
            item.put("peer", AttributeValue.fromS(membership.peer().value()));
        }
        return item;
    }

    static Membership membership(Map<String, AttributeValue> item) {
        return new Membership(
                new RoomId(text(item, "room")),
                new UserId(text(item, "user")),
                Role.valueOf(text(item, "role").toUpperCase(Locale.ROOT)),
                number(item, "joinedSeq"),
                number(item, "joinedAt"),
                number(item, "read"),
                attribute(item, "muted").bool(),
                peer(item.get("peer")));
    }

    private static @Nullable UserId peer(@Nullable AttributeValue peer) {
        return peer == null ? null : new UserId(peer.s());
    }

    static AttributeValue role(Role role) {
        return AttributeValue.fromS(role.name().toLowerCase(Locale.ROOT));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return attribute(item, name).s();
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(attribute(item, name).n());
    }

    static AttributeValue number(long value) {
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
