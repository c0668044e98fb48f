package io.chatcluster.chat.presence;

import io.chatcluster.chat.room.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user is there.
 *
 * @param lastSeen when the user was last there, epoch milliseconds; null while online, and when that is not known
 */
public record Presence(
        UserId user, PresenceState state, @Nullable Long lastSeen) {

    static Presence unknown(UserId user) {
        return new Presence(user, PresenceState.OFFLINE, null);
    }
}
