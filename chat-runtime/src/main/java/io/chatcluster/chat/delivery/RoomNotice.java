package io.chatcluster.chat.delivery;

import io.chatcluster.chat.room.RoomId;

/** What changed about the rooms of an online user. May come more than once for the same change. */
public sealed interface RoomNotice {

    RoomId room();

    /** The user is a member now: attach. */
    record Added(RoomId room) implements RoomNotice {}

    /** The user is not a member any more; the hub has ended the user's attachments to the room. */
    record Removed(RoomId room) implements RoomNotice {}

    /** The room's name or the user's role changed. */
    record Changed(RoomId room) implements RoomNotice {}

    /** The user's read marker moved forward, by another connection perhaps. */
    record Read(RoomId room, long seq) implements RoomNotice {}
}
