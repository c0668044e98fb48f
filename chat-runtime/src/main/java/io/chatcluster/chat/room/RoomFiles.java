package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;

/** The files that were sent to rooms. */
@FunctionalInterface
public interface RoomFiles {

    /**
     * Has all files of a room deleted that nobody is in any more. Blocks until that is certain to happen, not until it has;
     * repeating it does no harm.
     *
     * @throws ChatException {@code unavailable} when that cannot be noted
     */
    void removeAll(RoomId room);
}
