package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;

/** What came of an attempt to add, change or remove a member. */
public enum MemberChange {
    DONE,
    /** The user was a member already, or not any more, or in another role than expected. */
    OTHERWISE,
    /** It would have left the room without an owner. */
    LAST_OWNER,
    /** The room has as many members as it may have. */
    FULL,
    /** The room does not exist, or is being deleted. */
    NO_ROOM;

    /**
     * Goes on only when it is done.
     *
     * @param membersMax for the message
     * @throws ChatException that says why it is not
     */
    void require(int membersMax) {
        switch (this) {
            case DONE -> {}
            case OTHERWISE ->
                throw new ChatException(ErrorCode.CONFLICT, "somebody else has just changed this member: look again");
            case LAST_OWNER ->
                throw new ChatException(
                        ErrorCode.CONFLICT,
                        "the room would have no owner: make another member owner, or delete the room");
            case FULL -> throw new ChatException(ErrorCode.TOO_LARGE, "members: a room has at most " + membersMax);
            case NO_ROOM -> throw new ChatException(ErrorCode.NOT_FOUND, "no such room");
        }
    }
}
