package io.chatcluster.chat.media;

import io.chatcluster.chat.room.RoomId;

/**
 * A room whose objects are all to be deleted from the store.
 *
 * @param place of its note among the others, which are in the order of their times
 */
public record RemovedRoom(RoomId room, String place) {}
