package io.chatcluster.chat.media;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;

/**
 * A file as its owner announced it.
 *
 * @param room the only room it may be sent to
 * @param owner the only user who may send it
 * @param name what people call it, 1 to {@link #NAME_LENGTH_MAX} characters
 * @param contentType its media type in lower case, without parameters
 * @param bytes its exact size
 */
public record Upload(AttachmentId id, RoomId room, UserId owner, String name, String contentType, long bytes) {

    public static final int NAME_LENGTH_MAX = 200;

    /** @throws ChatException {@code invalid} naming the field */
    public Upload {
        if (name.isBlank() || name.length() > NAME_LENGTH_MAX || name.chars().anyMatch(Upload::deceptive)) {
            throw new ChatException(
                    ErrorCode.INVALID,
                    "name: must have 1 to " + NAME_LENGTH_MAX + " characters, without slashes and control characters");
        }
        if (bytes < 1) {
            throw new ChatException(ErrorCode.INVALID, "bytes: must be at least 1");
        }
    }

    /** Separators of folders, and what makes a name read other than it is, such as an override of its direction. */
    private static boolean deceptive(int c) {
        boolean turnsText = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        return c == '/' || c == '\\' || Character.isISOControl(c) || turnsText;
    }
}
