package io.chatcluster.chat.media;

import io.chatcluster.chat.protocol.ChatException;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of attachments. Reads see every earlier write. All methods block, and throw a {@link ChatException} with
 * {@code unavailable} when the store does not answer.
 */
public interface AttachmentStore {

    /** Notes the upload; it is forgotten at {@code expiry} unless it is verified by then. */
    void announce(Upload upload, Instant expiry);

    /** Notes for good what verification found; a repetition replaces what was noted. */
    void verified(MediaAttachment.Verified attachment);

    /** Empty when there is no such attachment, or no longer. */
    Optional<MediaAttachment> find(AttachmentId id);
}
