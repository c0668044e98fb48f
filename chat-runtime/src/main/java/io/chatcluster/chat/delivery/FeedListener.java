package io.chatcluster.chat.delivery;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;

/** Hears what a room's events change for the users that are online here. Called in the room's order; never blocks. */
interface FeedListener {

    /** The user became a member. */
    void joined(RoomId room, UserId user);

    /** The user is not a member any more, and the feed has ended the user's attachments. */
    void left(RoomId room, UserId user);

    /** The user's role in the room changed. */
    void changed(RoomId room, UserId user);

    /** The room changed, and no membership in it. */
    void renamed(RoomId room, UserId user);
}
