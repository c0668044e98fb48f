package io.chatcluster.chat.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object from a client: a command, or what was refused before it became one. */
public sealed interface ClientFrame {

    /** A well-formed command; its wire name is the record's name in lower case. */
    sealed interface Command extends ClientFrame {
        RequestId id();
    }

    /**
     * Starts the session; must be the first command.
     *
     * @param token the user's JWT
     * @param device what the client calls itself, for its own other devices to see
     * @param resume the last sequence the client has, by room; 0 for none
     */
    record Connect(RequestId id, String token, @Nullable String device, Map<String, Long> resume) implements Command {
        /** Leaves the token out, so that no log line can carry it. */
        @Override
        public String toString() {
            return "Connect[id=" + id + ", device=" + device + ", resume=" + resume + "]";
        }
    }

    /**
     * Sends a message to a room.
     *
     * @param clientMessageId the sender's own id of the message: a repeat is answered with the first one's sequence
     */
    record Send(
            RequestId id,
            String room,
            String clientMessageId,
            @Nullable String text,
            List<String> attachments,
            @Nullable Long replyTo)
            implements Command {}

    /** Moves the read marker of the room forward to {@code seq}. */
    record Read(RequestId id, String room, long seq) implements Command {}

    /** Asks for stored events, ascending by sequence; with neither bound, the newest ones. */
    record History(
            RequestId id,
            String room,
            @Nullable Long before,
            @Nullable Long after,
            @Nullable Integer limit) implements Command {}

    /** Asks for a sign of life. */
    record Ping(RequestId id) implements Command {}

    /**
     * An object that is not a command this service knows.
     *
     * @param id the object's id where it could be read
     */
    record Refused(@Nullable RequestId id, ErrorCode code, String message) implements ClientFrame {}
}
