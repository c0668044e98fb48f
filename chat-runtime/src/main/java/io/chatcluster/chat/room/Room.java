package io.chatcluster.chat.room;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room.
 *
 * @param name what people call it; null for direct rooms
 * @param createdAt epoch milliseconds
 * @param members how many members it has
 * @param owed what its log may lack of its changes
 */
public record Room(
        RoomId id,
        RoomKind kind,
        @Nullable String name,
        UserId createdBy,
        long createdAt,
        int members,
        List<OwedEvent> owed) {

    public Room {
        owed = List.copyOf(owed);
    }

    /** A new room. */
    Room(RoomId id, RoomKind kind, @Nullable String name, UserId createdBy, long createdAt, int members) {
        this(id, kind, name, createdBy, createdAt, members, List.of());
    }
}
