package io.chatcluster.chat.delivery;

import io.chatcluster.chat.room.UserId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is of use now or never to those who listen to a room; never stored. It travels among the batches of the room as
 * {@code ~<origin> <except>}, then a line with the push.
 *
 * @param except whose connections are left out; null when nobody's are
 * @param push the encoded object
 */
record Momentary(@Nullable UserId except, String push) {

    private static final char MARK = '~';

    /** As the pod of that origin sends it to the others. */
    String encode(String origin) {
        return MARK + origin + ' ' + (except == null ? "" : except.value()) + '\n' + push;
    }

    static boolean is(String payload) {
        return !payload.isEmpty() && payload.charAt(0) == MARK;
    }

    /** Empty for what the pod of that origin sent itself, and for what is not one of ours. */
    static Optional<Momentary> decode(String payload, String origin) {
        int except = payload.indexOf(' ') + 1;
        int push = payload.indexOf('\n') + 1;
        if (except == 0 || push <= except || payload.substring(1, except - 1).equals(origin)) {
            return Optional.empty();
        }
        String user = payload.substring(except, push - 1);
        return Optional.of(new Momentary(user.isEmpty() ? null : new UserId(user), payload.substring(push)));
    }
}
