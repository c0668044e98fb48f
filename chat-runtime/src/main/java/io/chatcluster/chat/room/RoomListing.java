package io.chatcluster.chat.room;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a user's rooms.
 *
 * @param next asks for the page after this one; null when this is the last
 */
public record RoomListing(List<Entry> rooms, @Nullable RoomCursor next) {

    /**
     * @param activeAt when something last happened in the room, epoch milliseconds
     * @param lastMessage the newest message as one JSON object; null when there is none among the newest events
     */
    public record Entry(
            RoomView view, long activeAt, @Nullable String lastMessage) {}
}
