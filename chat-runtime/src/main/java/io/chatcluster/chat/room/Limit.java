package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The {@code limit} of a request for a page. */
public final class Limit {

    private Limit() {}

    /**
     * @param text as the client sent it; null when it did not
     * @throws ChatException {@code invalid} when it is not an integer from 1 to {@code max}
     */
    public static int parse(@Nullable String text, int otherwise, int max) {
        try {
            int limit = text == null ? otherwise : Integer.parseInt(text);
            if (limit > 0 && limit <= max) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw invalid(max, e);
        }
        throw invalid(max, null);
    }

    private static ChatException invalid(int max, @Nullable Exception cause) {
        return new ChatException(ErrorCode.INVALID, "limit: must be an integer from 1 to " + max, null, cause);
    }
}
