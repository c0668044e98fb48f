package io.chatcluster.chat.message;

import io.chatcluster.chat.room.UserId;

/** What an event says about the room itself or its members. */
public sealed interface RoomChange {

    record Joined(UserId user) implements RoomChange {}

    record Left(UserId user) implements RoomChange {}

    record RoleChanged(UserId user) implements RoomChange {}

    record Renamed() implements RoomChange {}

    record Deleted() implements RoomChange {}
}
