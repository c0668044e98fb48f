package io.chatcluster.chat.session;

import io.chatcluster.chat.delivery.Attachment;
import io.chatcluster.chat.room.UserId;
import java.time.Instant;

/**
 * What a live session holds on to until it ends.
 *
 * @param expiresAt when the token's lifetime ends, leeway included
 * @param place the user's place among the connections that are allowed
 */
record LiveUser(
        UserId user, Instant expiresAt, RoomAttachments rooms, LivePresence presence, Attachment online, Runnable place)
        implements AutoCloseable {

    @Override
    public void close() {
        try (online;
                presence) {
            rooms.close();
        } finally {
            place.run();
        }
    }
}
