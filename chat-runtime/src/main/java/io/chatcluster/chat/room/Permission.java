package io.chatcluster.chat.room;

/** What a request needs a member to be allowed. */
public enum Permission {
    /** See events, history and members; move the own read marker; leave. */
    READ,
    /** Append messages. */
    SEND,
    /** Rename the room; add and remove members below owner. */
    MANAGE,
    /** Delete the room; make and unmake owners. */
    OWN
}
