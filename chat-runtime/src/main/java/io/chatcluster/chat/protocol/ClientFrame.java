package io.chatcluster.chat.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object from a client: a command, or what was refused before it became one. */
public sealed interface ClientFrame {

    /** A well-formed command; its wire name is the record's name in lower case. */
    sealed interface Command extends ClientFrame {
        RequestId id();
    }

    /** A command that adds an event to a room's log; the reply comes when the event is stored. */
    sealed interface Write extends Command {
        String room();
    }

    /**
     * Starts the session; must be the first command.
     *
     * @param token the user's JWT
     * @param device what the client calls itself, for its own other devices to see
     * @param resume the last sequence the client has, by room; 0 for none
     * @param idleMs milliseconds since the user last did something
     */
    record Connect(RequestId id, String token, @Nullable String device, Map<String, Long> resume, long idleMs)
            implements Command {
        public Duration idle() {
            return Duration.ofMillis(idleMs);
        }

        /** Leaves the token out, so that no log line can carry it. */
        @Override
        public String toString() {
            return "Connect[id=" + id + ", device=" + device + ", resume=" + resume + ", idleMs=" + idleMs + "]";
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
            implements Write {}

    /** Replaces the text of the user's own message at {@code seq}. */
    record Edit(RequestId id, String room, long seq, String text) implements Write {}

    /** Takes the message at {@code seq} back: its text and attachments are not shown any more. */
    record Delete(RequestId id, String room, long seq) implements Write {}

    /** Puts the user's reaction on the message at {@code seq}, or takes it back. */
    record React(RequestId id, String room, long seq, String emoji, boolean remove) implements Write {}

    /** Moves the read marker of the room forward to {@code seq}. */
    record Read(RequestId id, String room, long seq) implements Command {}

    /** Tells the room's other members that the user is typing. */
    record Typing(RequestId id, String room) implements Command {}

    /**
     * Asks for stored events, ascending by sequence; with none of the three positions, the newest ones.
     *
     * @param at the first events at or after this time, epoch milliseconds
     */
    record History(
            RequestId id,
            String room,
            @Nullable Long before,
            @Nullable Long after,
            @Nullable Long at,
            @Nullable Integer limit)
            implements Command {}

    /** Asks for the presence of these users, now and whenever it changes, besides those asked for before. */
    record Subscribe(RequestId id, List<String> presenceOf) implements Command {}

    /** Ends the interest in the presence of these users. */
    record Unsubscribe(RequestId id, List<String> presenceOf) implements Command {}

    /**
     * Puts a fresh token in the place of the one that will expire; of the same user.
     *
     * @param token the user's JWT
     */
    record Refresh(RequestId id, String token) implements Command {
        /** Leaves the token out, so that no log line can carry it. */
        @Override
        public String toString() {
            return "Refresh[id=" + id + "]";
        }
    }

    /** Asks for a sign of life. */
    record Ping(RequestId id) implements Command {}

    /**
     * An object that is not a command this service knows.
     *
     * @param id the object's id where it could be read
     */
    record Refused(@Nullable RequestId id, ErrorCode code, String message) implements ClientFrame {}
}
