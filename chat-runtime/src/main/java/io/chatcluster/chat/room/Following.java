package io.chatcluster.chat.room;

import java.util.List;

/**
 * The rooms of a user that one connection follows.
 *
 * @param more whether there are further ones
 */
public record Following(List<RoomView> rooms, boolean more) {

    public Following {
        rooms = List.copyOf(rooms);
    }
}
