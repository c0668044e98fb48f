package io.chatcluster.chat.message;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.TextRule;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message a user wants in a room.
 *
 * @param clientMessageId the client's own name for it, 1 to 64 characters: a resend under the same name is the same
 *     message
 * @param attachments ids of uploads of the sender for this room
 * @param replyTo the sequence it answers
 */
public record SendMessage(
        UserId from,
        RoomId room,
        String clientMessageId,
        @Nullable String text,
        List<String> attachments,
        @Nullable Long replyTo) {

    public static final int CLIENT_MESSAGE_ID_LENGTH_MAX = 64;
    public static final int ATTACHMENTS_MAX = 20;

    /** @throws ChatException {@code invalid} naming the field */
    public SendMessage {
        attachments = List.copyOf(attachments);
        boolean named = !TextRule.blank(clientMessageId) && TextRule.wellFormed(clientMessageId);
        if (!named || clientMessageId.length() > CLIENT_MESSAGE_ID_LENGTH_MAX) {
            throw new ChatException(ErrorCode.INVALID, "clientMessageId: must have 1 to 64 characters, not all blank");
        }
        if ((text == null || TextRule.blank(text)) && attachments.isEmpty()) {
            throw new ChatException(ErrorCode.INVALID, "text: must not be blank unless there are attachments");
        }
        if (text != null && !TextRule.wellFormed(text)) {
            throw new ChatException(ErrorCode.INVALID, "text: has half of a surrogate pair");
        }
        if (attachments.size() > ATTACHMENTS_MAX) {
            throw new ChatException(ErrorCode.INVALID, "attachments: at most " + ATTACHMENTS_MAX);
        }
        if (replyTo != null && replyTo < 1) {
            throw new ChatException(ErrorCode.INVALID, "replyTo: must be a sequence number of the room");
        }
    }
}
