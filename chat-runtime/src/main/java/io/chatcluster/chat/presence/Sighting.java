package io.chatcluster.chat.presence;

import org.jspecify.annotations.Nullable;

/**
 * What one pod, or all of them, say of a user.
 *
 * @param state null when none says anything
 * @param seenAt when the user was last there, epoch milliseconds; 0 when none says anything
 */
public record Sighting(@Nullable PresenceState state, long seenAt) {

    static final Sighting NONE = new Sighting(null, 0);

    /** Somebody says that the user is there. */
    boolean here() {
        return state == PresenceState.ONLINE || state == PresenceState.AWAY;
    }
}
