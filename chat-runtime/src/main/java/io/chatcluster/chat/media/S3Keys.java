package io.chatcluster.chat.media;

import io.chatcluster.chat.room.RoomId;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where objects are in the bucket: uploads under {@code pending/}, where a lifecycle rule of the bucket expires what is left after a
 * day, and verified ones under {@code sent/}, or where messages expire under {@code sent-for-<days>-days/}, which has such a rule of its
 * own: a change of the days holds for what is sent from then on.
 */
final class S3Keys {

    private static final String PENDING = "pending/";
    private static final String SENT = "sent/";
    /** The operator has the bucket expire what is there a little later than messages. */
    private static final String SENT_FOR = "sent-for-%d-days/";

    private final String bucket;
    private final String sent;

    S3Keys(String bucket, Optional<Integer> retentionDays) {
        this.bucket = bucket;
        this.sent = retentionDays.map(SENT_FOR::formatted).orElse(SENT);
    }

    String pending(Upload upload) {
        return PENDING + place(upload.room(), upload.id());
    }

    /** Where it stays when it is sent now. */
    String kept(Upload upload) {
        return (Avatars.isAvatar(upload) ? SENT : sent) + place(upload.room(), upload.id());
    }

    /** {@link #kept(Upload)} as an address. */
    URI address(Upload upload) {
        return URI.create("s3://" + bucket + "/" + kept(upload));
    }

    static String kept(MediaAttachment.Verified attachment) {
        return attachment.object().getPath().substring(1);
    }

    /** All there may be of the object. */
    Set<String> all(RemovedObject object) {
        return everywhere(place(object.room(), object.id()));
    }

    /** What all keys of the room's objects begin with. */
    Set<String> folders(RoomId room) {
        return everywhere(room + "/");
    }

    private Set<String> everywhere(String place) {
        return new HashSet<>(List.of(PENDING + place, SENT + place, sent + place));
    }

    /** Rooms' ids are made of letters, digits, hyphens, underscores and tildes. */
    private static String place(RoomId room, AttachmentId id) {
        return room + "/" + id;
    }
}
