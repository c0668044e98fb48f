package io.chatcluster.chat.room;

import org.jspecify.annotations.Nullable;

/**
 * A room.
 *
 * @param name what people call it; null for direct rooms
 * @param createdAt epoch milliseconds
 * @param members how many members it has
 */
public record Room(RoomId id, RoomKind kind, @Nullable String name, UserId createdBy, long createdAt, int members) {}
