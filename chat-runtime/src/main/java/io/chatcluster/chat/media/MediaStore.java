package io.chatcluster.chat.media;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where objects are kept: in a place that lasts a day while they are pending, and as long as messages once they are kept. Methods
 * block unless they say otherwise, and throw a {@link ChatException} with {@code unavailable} when the store does not
 * answer.
 */
public interface MediaStore {

    /**
     * Never blocks.
     *
     * @throws ChatException {@code unsupported} when this cluster has no media
     */
    void requireSupported();

    /** Asks the store for a sign of life, unless it gave one just now. */
    void requireReachable();

    /** Lets the holder put the object's bytes in the pending place: exactly as many, of exactly that type. Never blocks. */
    SignedUrl uploadUrl(Upload upload);

    /** The object in the pending place; empty when nothing was uploaded. */
    Optional<UploadedObject> uploaded(Upload upload);

    /**
     * The first bytes of that version of the object, at most {@code count}.
     *
     * @throws ChatException {@code invalid} when it was replaced or removed
     */
    byte[] read(Upload upload, UploadedObject object, int count);

    /**
     * Moves that version of the object to where it stays and cannot be uploaded to.
     *
     * @return its address
     * @throws ChatException {@code invalid} when it was replaced or removed
     */
    URI keep(Upload upload, UploadedObject object);

    /**
     * Lets the kept object's time begin anew, where the store may remove old ones and it is older than a day.
     *
     * @return its address now
     * @throws ChatException {@code invalid} when it was removed
     */
    URI renew(MediaAttachment.Verified attachment);

    /** Removes what is in the pending place, if it can: what stays there expires. */
    void discard(Upload upload);

    /** Deletes the object, wherever it is; one that is not there is deleted. */
    void delete(RemovedObject object);

    /** Hands over all objects of the room, pending and kept, some at a time; they may be deleted meanwhile. */
    void objects(RoomId room, Consumer<List<RemovedObject>> page);

    /** Lets the holder get the kept object for a short time. Never blocks. */
    SignedUrl downloadUrl(MediaAttachment.Verified attachment);
}
