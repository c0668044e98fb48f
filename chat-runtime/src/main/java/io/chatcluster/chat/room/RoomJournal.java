package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import java.util.Optional;

/** The room's log as room changes use it. Every method blocks, except those that only make an event. */
public interface RoomJournal {

    OwedEvent joined(UserId from, UserId user, Role role);

    OwedEvent roleChanged(UserId from, UserId user, Role role);

    OwedEvent left(UserId from, UserId user);

    OwedEvent renamed(UserId from, String name);

    /** The same one each time. */
    OwedEvent deleted(UserId from);

    /**
     * Appends the event unless the log has it, and blocks until it is committed.
     *
     * @throws ChatException when it is not known to be in the log
     */
    void append(RoomId room, OwedEvent event);

    /** The last committed sequence; 0 when nothing was ever said. */
    long tail(RoomId room);

    /** When the last committed event was, epoch milliseconds; 0 when there is none or it has expired. */
    long lastTime(RoomId room);

    /** The newest message as one JSON object; empty when there is none among the newest events. */
    Optional<String> lastMessage(RoomId room);

    /** Messages of others than {@code user} among the first thousands of events after {@code read}, up to {@code max}. */
    int unread(RoomId room, UserId user, long read, int max);
}
