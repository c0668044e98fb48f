package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The {@code limit} of a request for a page. */
public final class Limit {

    private Limit() {}

    /**
     * @param text as the client sent it; null when it did not
     * @return {@code max} at most
     * @throws ChatException {@code invalid} when it is not a positive integer
     */
    public static int parse(@Nullable String text, int otherwise, int max) {
        try {
            int limit = text == null ? otherwise : Integer.parseInt(text);
            if (limit > 0) {
                return Math.min(limit, max);
            }
        } catch (NumberFormatException e) {
            throw new ChatException(ErrorCode.INVALID, "limit: must be a positive integer", null, e);
        }
        throw new ChatException(ErrorCode.INVALID, "limit: must be a positive integer");
    }
}
