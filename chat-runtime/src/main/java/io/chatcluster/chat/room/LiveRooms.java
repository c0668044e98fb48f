package io.chatcluster.chat.room;

import org.jspecify.annotations.Nullable;

/** Remembers the rooms that somebody who is connected to this pod follows: what it says was true a moment ago. */
public interface LiveRooms {

    /**
     * Null when the room is not followed here, or when memory does not reach back to what the user has read. Waits for what is
     * being delivered, and for the log only when that does.
     *
     * @param max how many unread messages are counted at most
     */
    @Nullable
    Glance glance(RoomId room, UserId user, long read, int max);

    /**
     * A room as one of its members found it.
     *
     * @param tail the last sequence that was delivered here
     * @param unread messages of others between {@code read} and {@code tail}
     */
    record Glance(long tail, int unread) {}
}
