package io.chatcluster.chat.delivery;

/** Hears, on a virtual thread and one notice at a time, what changes about the rooms of an online user. */
@FunctionalInterface
public interface UserListener {

    void notice(RoomNotice notice);
}
