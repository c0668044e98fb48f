package io.chatcluster.chat.room;

import org.jspecify.annotations.Nullable;

/**
 * A user's place in a room.
 *
 * @param joinedSeq the room's tail when the user joined: what came before is not unread
 * @param joinedAt epoch milliseconds
 * @param read the read marker: the highest sequence the user has said to have read
 * @param muted whether the user wants to hear of the room only by looking
 * @param peer the other user of a direct room; null in group rooms and in the room of a user with themselves
 */
public record Membership(
        RoomId room,
        UserId user,
        Role role,
        long joinedSeq,
        long joinedAt,
        long read,
        boolean muted,
        @Nullable UserId peer) {

    /** A member of a group room who joins it now, at the tail {@code joinedSeq}. */
    static Membership joining(RoomId room, UserId user, Role role, long joinedSeq) {
        return new Membership(room, user, role, joinedSeq, System.currentTimeMillis(), joinedSeq, false, null);
    }

    /** One of the two members of a direct room. */
    static Membership direct(RoomId room, UserId user, UserId other) {
        UserId peer = user.equals(other) ? null : other;
        return new Membership(room, user, Role.MEMBER, 0, System.currentTimeMillis(), 0, false, peer);
    }
}
