package io.chatcluster.chat.room;

/**
 * A user's place in a room.
 *
 * @param joinedSeq the room's tail when the user joined: what came before is not unread
 * @param joinedAt epoch milliseconds
 * @param read the read marker: the highest sequence the user has said to have read
 */
public record Membership(RoomId room, UserId user, Role role, long joinedSeq, long joinedAt, long read) {}
