package io.chatcluster.chat.message;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;

/** Hears of every read marker this pod moved forward. Must not block. */
public interface ReadListener {

    /** All members are to be told. */
    void read(RoomId room, UserId user, long seq);

    /** The user's own connections alone are to be told: the room is too large. */
    void readInLargeRoom(RoomId room, UserId user, long seq);
}
