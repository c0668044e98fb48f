package io.chatcluster.chat.room;

/** Hears of every membership this pod changed. */
@FunctionalInterface
public interface MembershipListener {

    /** The user is in the room now, or not any more, or in another role. Must not block. */
    void changed(RoomId room, UserId user);
}
