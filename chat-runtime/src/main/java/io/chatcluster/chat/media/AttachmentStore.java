package io.chatcluster.chat.media;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of attachments. Reads see every earlier write. All methods block, and throw a {@link ChatException} with
 * {@code unavailable} when the store does not answer.
 */
public interface AttachmentStore {

    /** Notes the upload; it is forgotten at {@code expiry} unless it is verified by then. */
    void announce(Upload upload, Instant expiry);

    /**
     * Notes what verification found, for as long as a message of this moment is kept; a repetition prolongs it.
     *
     * @return false, and nothing is noted, when the attachment was removed meanwhile
     */
    boolean verified(MediaAttachment.Verified attachment);

    /** Empty when there is no such attachment, or no longer. */
    Optional<MediaAttachment> find(AttachmentId id);

    /** Forgets the attachment, if it is still known, and notes that its object is to be deleted. */
    void remove(RemovedObject object);

    /** Some of the objects that are to be deleted. */
    List<RemovedObject> removed(int limit);

    /** The object is deleted. */
    void deleted(RemovedObject object);

    /** Notes that all objects of the room are to be deleted, at that time or later. */
    RemovedRoom removeAll(RoomId room, Instant due);

    /** Some of the rooms whose objects are to be deleted by that time, the first due first. */
    List<RemovedRoom> removedRooms(Instant asOf, int limit);

    /** The room's objects are deleted. */
    void deleted(RemovedRoom room);
}
