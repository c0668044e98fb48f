package io.chatcluster.chat.room;

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
    NO_ROOM
}
