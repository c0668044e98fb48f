package io.chatcluster.chat.media;

import io.chatcluster.chat.room.RoomId;

/** An object that nobody can get any more and that is to be deleted from the store. */
public record RemovedObject(RoomId room, AttachmentId id) {}
