package io.chatcluster.chat.protocol;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object to a client: the reply to one command, or a push. Events are JSON objects already, spliced in as they are. */
public sealed interface ServerFrame {

    /** The answer to one command. */
    sealed interface Reply extends ServerFrame {}

    /** Something the client did not ask for; has no id. */
    sealed interface Push extends ServerFrame {}

    /**
     * The session is live.
     *
     * @param session the id of this session, for support
     * @param pingSeconds the interval of silence within which the service pings; after two it closes the connection
     * @param more whether the user is in further rooms, which this connection does not follow
     */
    record Connected(RequestId id, String session, String user, int pingSeconds, List<RoomEntry> rooms, boolean more)
            implements Reply {}

    /** The message is stored at {@code seq}; {@code duplicate} when it already was, under the same client message id. */
    record Sent(RequestId id, long seq, long time, boolean duplicate) implements Reply {}

    /** The edit is stored, as the event {@code seq}. */
    record Edited(RequestId id, long seq) implements Reply {}

    /** The deletion is stored, as the event {@code seq}; one that was stored before keeps its sequence. */
    record Deleted(RequestId id, long seq) implements Reply {}

    /** The reaction is stored, as the event {@code seq}; one that was stored before keeps its sequence. */
    record Reacted(RequestId id, long seq) implements Reply {}

    /** The read marker is stored. */
    record ReadStored(RequestId id) implements Reply {}

    /** The typing is told, or left out where a room is too large for it. */
    record TypingTold(RequestId id) implements Reply {}

    /** The users' presence follows as pushes. */
    record Subscribed(RequestId id) implements Reply {}

    /** No further presence of the users is pushed. */
    record Unsubscribed(RequestId id) implements Reply {}

    /** The session goes on until the new token's end, epoch milliseconds. */
    record Refreshed(RequestId id, long expiresAt) implements Reply {}

    /** Stored events, ascending by sequence; {@code more} when there are further ones in the direction asked for. */
    record HistoryPage(RequestId id, List<String> events, boolean more) implements Reply {}

    /** The answer to a ping. */
    record Pong(RequestId id) implements Reply {}

    /** The command failed; without an id when it could not be read. */
    record Failure(
            @Nullable RequestId id,
            ErrorCode code,
            String message,
            @Nullable Duration retryAfter) implements Reply {}

    /** Events of a room, dense and ascending; each is a JSON object. */
    record Events(String room, List<String> events) implements Push {}

    /**
     * Whether a user is there.
     *
     * @param state {@code online}, {@code away} or {@code offline}
     * @param lastSeen when the user was last there, epoch milliseconds; null while online and when that is not known
     */
    record Presence(String user, String state, @Nullable Long lastSeen) implements Push {}

    /** The user is typing in the room, some seconds from now on. */
    record Typing(String room, String user) implements Push {}

    /** The user has read the room up to {@code seq}; the user may be the client's own, on another device. */
    record Read(String room, String user, long seq) implements Push {}

    /** The user is now in this room; the events since the user joined follow. */
    record RoomAdded(RoomEntry room) implements Push {}

    /** The room's name or the user's role has changed. */
    record RoomChanged(RoomEntry room) implements Push {}

    /** The user is no longer in this room, or the room is gone. */
    record RoomRemoved(String room) implements Push {}

    /** The service is about to close this connection: reconnect after the given time and resume. */
    record Reconnect(Duration after, String reason) implements Push {}

    /**
     * A room as its member sees it.
     *
     * @param with direct: the other user
     * @param muted whether the member wants to hear of it only by looking
     * @param tail the sequence of the newest event
     * @param read the sequence of the member's read marker
     * @param unread messages of others after the read marker, counted up to a limit
     * @param gap whether the client has missed more than is pushed and must page the history
     * @param live whether the room's events are pushed on this connection
     */
    record RoomEntry(
            String room,
            String kind,
            @Nullable String name,
            @Nullable String with,
            String role,
            boolean muted,
            long tail,
            long read,
            long unread,
            boolean gap,
            boolean live) {}
}
