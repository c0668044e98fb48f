package io.chatcluster.chat.message;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Which slice of a room's history. At most one of {@code before}, {@code after} and {@code at}; none means the latest.
 *
 * @param before the last events with a lower sequence
 * @param after the first events with a higher sequence
 * @param at the first events at or after this time, epoch milliseconds
 * @param limit how many events, 1 to {@link #LIMIT_MAX}
 */
public record HistoryQuery(
        @Nullable Long before,
        @Nullable Long after,
        @Nullable Long at,
        int limit) {

    public static final int LIMIT_DEFAULT = 50;
    public static final int LIMIT_MAX = 200;

    /** @throws ChatException {@code invalid} naming the field */
    public HistoryQuery {
        int positions = (before == null ? 0 : 1) + (after == null ? 0 : 1) + (at == null ? 0 : 1);
        if (positions > 1) {
            throw new ChatException(ErrorCode.INVALID, "before, after, at: at most one of them");
        }
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new ChatException(ErrorCode.INVALID, "limit: must be an integer from 1 to " + LIMIT_MAX);
        }
        if ((before != null && before < 0) || (after != null && after < 0) || (at != null && at < 0)) {
            throw new ChatException(ErrorCode.INVALID, "before, after, at: must not be negative");
        }
    }

    /** A query from what a request may or may not name. */
    public static HistoryQuery of(
            @Nullable Long before, @Nullable Long after, @Nullable Long at, @Nullable Integer limit) {
        return new HistoryQuery(before, after, at, limit == null ? LIMIT_DEFAULT : limit);
    }
}
