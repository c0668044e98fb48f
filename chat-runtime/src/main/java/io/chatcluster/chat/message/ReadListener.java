package io.chatcluster.chat.message;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;

/** Hears of every read marker this pod moved forward, in rooms small enough for it to be told. */
@FunctionalInterface
public interface ReadListener {

    /** Must not block. */
    void read(RoomId room, UserId user, long seq);
}
