package io.chatcluster.chat.session;

import io.chatcluster.chat.protocol.CloseCode;
import io.chatcluster.chat.room.UserId;
import java.time.Instant;

/** Where a session is in its life; it only ever goes forward. */
sealed interface SessionState {

    /** The socket is open and nobody has said who they are. */
    record AwaitingConnect() implements SessionState {}

    /**
     * The user is known and served.
     *
     * @param expiresAt when the token's lifetime ends
     */
    record Live(UserId user, Instant expiresAt) implements SessionState {}

    /**
     * No further command is handled.
     *
     * @param since when that was decided, by {@link System#nanoTime()}
     * @param code why, also when the client does not read what it is told before
     */
    record Closing(long since, CloseCode code) implements SessionState {}
}
