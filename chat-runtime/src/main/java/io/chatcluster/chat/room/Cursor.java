package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page ended, as clients carry it: opaque to them. */
public final class Cursor {

    private Cursor() {}

    public static String encode(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ChatException {@code invalid} when the text cannot be a cursor */
    public static String decode(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    /** @throws ChatException {@code invalid} when the text cannot be a cursor of a list by user ids */
    static UserId user(String text) {
        String place = decode(text);
        try {
            return new UserId(place);
        } catch (ChatException e) {
            throw invalid(e);
        }
    }

    /** For a text that no page named as its cursor. */
    public static ChatException invalid(@Nullable Exception cause) {
        return new ChatException(ErrorCode.INVALID, "cursor: must be one that a page before named", null, cause);
    }
}
