package io.chatcluster.chat.delivery;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;

/** The connections of this pod and the rooms they listen to. */
@ApplicationScoped
public class LocalHub {

    /** A client that missed more events than this is told so and pages the history instead. */
    public static final int RESUME_EVENTS_MAX = 1_000;

    /**
     * Offers every event after {@code afterSeq} that is committed, in order, then live ones as they come: dense,
     * without duplicates. The caller has authorised the user. Blocks while it reads what was missed: call on a
     * virtual thread.
     *
     * @param afterSeq the last sequence the connection has; at most {@link #RESUME_EVENTS_MAX} behind {@link #tail}
     * @throws ChatException {@code unavailable} when the log cannot be read
     */
    public Attachment attach(UserId user, RoomId room, long afterSeq, Outbox outbox) {
        throw new UnsupportedOperationException();
    }

    /** The room's committed tail, read from the log when the room has no local connection. Blocks. */
    public long tail(RoomId room) {
        throw new UnsupportedOperationException();
    }

    /** Tells the listener when the user's rooms change, until the attachment is closed. Blocks. */
    public Attachment online(UserId user, UserListener listener) {
        throw new UnsupportedOperationException();
    }
}
