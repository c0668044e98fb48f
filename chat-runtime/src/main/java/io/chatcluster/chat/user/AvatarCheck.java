package io.chatcluster.chat.user;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.UserId;

/** Whether an attachment may picture a user. */
public interface AvatarCheck {

    /**
     * Blocks, and looks at the file unless it was looked at before.
     *
     * @throws ChatException {@code invalid} when it is not a picture that {@code me} uploaded for their profile,
     *     {@code unavailable}, {@code unsupported} where there are no attachments
     */
    void require(UserId me, String attachment);
}
