package io.chatcluster.chat.presence;

import org.jspecify.annotations.Nullable;

/**
 * What one pod says of a user, as it is kept in Redis: {@code <state> <written at> <seen at>}.
 *
 * @param writtenAt when it said so, epoch milliseconds on that pod's clock
 * @param seenAt when the user was last there, epoch milliseconds
 */
record RedisPresenceEntry(PresenceState state, long writtenAt, long seenAt) {

    String encode() {
        return state.wireName() + ' ' + writtenAt + ' ' + seenAt;
    }

    /** Null when the text is not one of ours. */
    static @Nullable RedisPresenceEntry decode(String text) {
        String[] parts = text.split(" ", -1);
        try {
            for (PresenceState state : PresenceState.values()) {
                if (parts.length == 3 && state.wireName().equals(parts[0])) {
                    return new RedisPresenceEntry(state, Long.parseLong(parts[1]), Long.parseLong(parts[2]));
                }
            }
            return null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
