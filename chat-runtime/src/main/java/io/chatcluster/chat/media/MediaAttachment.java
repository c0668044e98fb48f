package io.chatcluster.chat.media;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What is known of an attachment. */
public sealed interface MediaAttachment {

    Upload upload();

    /** Announced; nobody has looked at the object yet, if there is one. */
    record Pending(Upload upload) implements MediaAttachment {}

    /**
     * Found to be what its owner announced, and out of the owner's reach since.
     *
     * @param object its address, {@code s3://bucket/key}
     * @param picture null for what is not a picture
     */
    record Verified(Upload upload, URI object, @Nullable Picture picture) implements MediaAttachment {}
}
