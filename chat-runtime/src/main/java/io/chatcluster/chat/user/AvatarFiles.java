package io.chatcluster.chat.user;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.UserId;

/** The files of pictures that users show of themselves. */
public interface AvatarFiles {

    /**
     * Blocks, and looks at the file unless it was looked at before.
     *
     * @throws ChatException {@code invalid} when it is not a picture that {@code me} uploaded for their profile,
     *     {@code unavailable}, {@code unsupported} where there are no attachments
     */
    void require(UserId me, String attachment);

    /** Deletes the file of a picture that its owner shows no longer. Blocks; a file that cannot be deleted now stays, and nobody can get it. */
    void remove(String attachment);
}
