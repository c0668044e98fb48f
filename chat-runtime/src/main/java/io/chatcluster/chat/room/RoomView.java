package io.chatcluster.chat.room;

/**
 * A room as one of its members sees it.
 *
 * @param tail the last committed sequence; 0 when nothing was ever said
 * @param unread messages of others after the read marker, counted up to {@link #UNREAD_MAX}
 */
public record RoomView(Room room, Membership membership, long tail, int unread) {

    /** Counting stops here: a client shows more than this as "1000+". */
    public static final int UNREAD_MAX = 1_000;
}
