package io.chatcluster.chat.room;

import org.jspecify.annotations.Nullable;

/**
 * A room.
 *
 * @param name what people call it; null for direct rooms
 * @param createdAt epoch milliseconds
 */
public record Room(RoomId id, RoomKind kind, @Nullable String name, UserId createdBy, long createdAt) {}
