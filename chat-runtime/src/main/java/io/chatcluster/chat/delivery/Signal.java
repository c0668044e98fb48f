package io.chatcluster.chat.delivery;

import io.chatcluster.chat.room.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Something momentary that a user tells the others in a room; never stored. It travels among the batches of the room as
 * {@code !<user> <push>}.
 *
 * @param push the encoded object that connections are offered
 */
record Signal(UserId from, String push) {

    private static final char MARK = '!';

    String encode() {
        return MARK + from.value() + ' ' + push;
    }

    static boolean is(String payload) {
        return !payload.isEmpty() && payload.charAt(0) == MARK;
    }

    /** Null when the payload is not one of ours. User ids have no spaces. */
    static @Nullable Signal decode(String payload) {
        int end = payload.indexOf(' ');
        return is(payload) && end > 1
                ? new Signal(new UserId(payload.substring(1, end)), payload.substring(end + 1))
                : null;
    }
}
