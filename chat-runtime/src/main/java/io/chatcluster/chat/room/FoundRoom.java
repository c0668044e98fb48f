package io.chatcluster.chat.room;

/**
 * A room that was asked for.
 *
 * @param created whether it is new
 */
public record FoundRoom(Room room, boolean created) {}
