package io.chatcluster.chat.presence;

import java.util.Locale;

/** Whether a user is there, on any device. The first that applies counts. */
public enum PresenceState {
    /** Connected, and the client was used a moment ago. */
    ONLINE,
    /** Connected, but no client was used for some minutes. */
    AWAY,
    /** Not connected, or not visible to whoever asks. */
    OFFLINE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** As clients see it. */
    public String wireName() {
        return wireName;
    }
}
