package io.chatcluster.chat.room;

/** What sort of room it is. */
public enum RoomKind {
    /** Exactly two users (or one with themselves); found by its users, never renamed or left. */
    DIRECT,
    /** Any number of members with roles. */
    GROUP
}
