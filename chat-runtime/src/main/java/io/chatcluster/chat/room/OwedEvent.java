package io.chatcluster.chat.room;

/**
 * An event that tells of a change of a room, which keeps it until the room's log certainly has it.
 *
 * @param since when the change was asked for, epoch milliseconds
 * @param body as the log takes it, with an id by which the log knows it again
 */
public record OwedEvent(long since, String body) {}
