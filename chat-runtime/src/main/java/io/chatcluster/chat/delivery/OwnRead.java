package io.chatcluster.chat.delivery;

import io.chatcluster.chat.room.RoomId;
import java.util.Optional;

/**
 * The user's own read marker, for their other connections. It travels among the names of the user's rooms as
 * {@code <room> <seq> <origin>}; no room's name has a space.
 */
record OwnRead(RoomId room, long seq) {

    /** As the pod of that origin sends it to the others. */
    String encode(String origin) {
        return room.value() + ' ' + seq + ' ' + origin;
    }

    static boolean is(String payload) {
        return payload.indexOf(' ') >= 0;
    }

    /** Empty for what the pod of that origin sent itself, and for what is not one of ours. */
    static Optional<OwnRead> decode(String payload, String origin) {
        String[] parts = payload.split(" ", -1);
        if (parts.length != 3 || parts[2].equals(origin)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OwnRead(new RoomId(parts[0]), Long.parseLong(parts[1])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
