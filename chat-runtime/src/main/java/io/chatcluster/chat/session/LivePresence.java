package io.chatcluster.chat.session;

import io.chatcluster.chat.presence.Device;
import io.chatcluster.chat.presence.PresenceSubscriptions;

/**
 * What a live session has to do with presence.
 *
 * @param device makes the session's own user present
 * @param others whom the session watches
 * @param typing what the session tells of its user's typing
 */
record LivePresence(Device device, PresenceSubscriptions others, TypingThrottle typing) implements AutoCloseable {

    @Override
    public void close() {
        try (device) {
            others.close();
        }
    }
}
