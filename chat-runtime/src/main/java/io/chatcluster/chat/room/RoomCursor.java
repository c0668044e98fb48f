package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;

/**
 * The place in a list of rooms after which a page begins.
 *
 * @param activeAt the last activity of the last room of the page before, epoch milliseconds; 0 in lists by room id
 * @param room the last room of the page before
 */
public record RoomCursor(long activeAt, RoomId room) {

    /** @throws ChatException {@code invalid} when the text is no cursor */
    static RoomCursor parse(String text) {
        int end = text.indexOf(':');
        try {
            return new RoomCursor(Long.parseLong(text, 0, Math.max(0, end), 10), new RoomId(text.substring(end + 1)));
        } catch (NumberFormatException e) {
            throw Cursor.invalid(e);
        }
    }

    /** As clients carry it. */
    @Override
    public String toString() {
        return activeAt + ":" + room;
    }
}
