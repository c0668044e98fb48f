package io.chatcluster.chat.room;

import java.util.Optional;

/** The room's log as room changes use it. Every method blocks until what it appends is committed. */
public interface RoomJournal {

    void joined(RoomId room, UserId from, UserId user, Role role);

    void roleChanged(RoomId room, UserId from, UserId user, Role role);

    void left(RoomId room, UserId from, UserId user);

    void renamed(RoomId room, UserId from, String name);

    void deleted(RoomId room, UserId from);

    /** The last committed sequence; 0 when nothing was ever said. */
    long tail(RoomId room);

    /** When the last committed event was, epoch milliseconds; 0 when there is none or it has expired. */
    long lastTime(RoomId room);

    /** The newest message as one JSON object; empty when there is none among the newest events. */
    Optional<String> lastMessage(RoomId room);

    /** Messages of others than {@code user} among the first thousands of events after {@code read}, up to {@code max}. */
    int unread(RoomId room, UserId user, long read, int max);
}
