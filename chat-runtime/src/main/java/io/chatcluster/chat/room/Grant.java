package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import java.util.function.Supplier;

/**
 * That a user may write to a room, as of a moment. Whoever puts the room's events in order asks again where the user's
 * membership has changed since.
 *
 * @param asOf a moment at which it was certain, on the clock of {@link System#nanoTime()}
 * @param question asks the store
 */
public record Grant(UserId user, Role role, long asOf, Supplier<Grant> question) {

    /**
     * Asks the store whether it is still so. Blocks.
     *
     * @throws ChatException as {@link RoomAccess#require}
     */
    public Grant renewed() {
        return question.get();
    }
}
