package io.chatcluster.chat.media;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.Concurrently;
import io.chatcluster.chat.room.Permission;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomService;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Attachments as users announce, send and get them. Methods block unless they say otherwise. */
@ApplicationScoped
public class MediaService {

    /** How long an upload may wait to be sent; the bucket's rule must not remove it sooner. */
    static final Duration UNSENT_KEPT = Duration.ofHours(23);

    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("attachments").start(task);

    private final RoomService rooms;
    private final MediaStore store;
    private final AttachmentStore attachments;
    private final Verification verification;
    private final UploadRate rate;
    private final Avatars avatars;
    private final Set<String> allowedTypes;
    private final long bytesMax;
    private final boolean messagesExpire;

    /**
     * An upload that may begin.
     *
     * @param url where to put the file
     */
    public record Announced(AttachmentId id, SignedUrl url) {}

    @Inject
    public MediaService(
            RoomService rooms,
            MediaStore store,
            AttachmentStore attachments,
            Verification verification,
            UploadRate rate,
            Avatars avatars,
            ChatConfig config) {
        this.rooms = rooms;
        this.store = store;
        this.attachments = attachments;
        this.verification = verification;
        this.rate = rate;
        this.avatars = avatars;
        this.allowedTypes = new HashSet<>(config.media().allowedContentTypes());
        this.bytesMax = config.media().maxObjectBytes();
        this.messagesExpire = config.dynamodb().historyRetentionDays().isPresent();
    }

    /**
     * Lets {@code me} upload a file for the room.
     *
     * @throws ChatException {@code invalid} or {@code too_large} naming the field, {@code rate_limited},
     *     {@code unavailable} when the store does not answer, {@code unsupported} without one
     */
    public Announced announce(UserId me, RoomId room, String name, String contentType, long bytes) {
        rooms.authorise(me, room, Permission.SEND);
        rate.take(me);
        return announced(me, room, name, mediaType(contentType), bytes);
    }

    /** As {@link #announce}, by an application's back end: no user's limit holds it back. */
    public Announced announceFor(UserId user, RoomId room, String name, String contentType, long bytes) {
        rooms.authorise(user, room, Permission.SEND);
        return announced(user, room, name, mediaType(contentType), bytes);
    }

    /** Lets {@code me} upload a picture for their profile; fails as {@link #announce} does. */
    public Announced announceAvatar(UserId me, String name, String contentType, long bytes) {
        store.requireSupported();
        String type = mediaType(contentType);
        avatars.requireAllowed(type, bytes);
        rate.take(me);
        return announced(me, Avatars.PLACE, name, type, bytes);
    }

    private static String mediaType(String contentType) {
        return contentType.strip().toLowerCase(Locale.ROOT);
    }

    private Announced announced(UserId me, RoomId room, String name, String type, long bytes) {
        store.requireSupported();
        if (!allowedTypes.contains(type)) {
            throw new ChatException(ErrorCode.INVALID, "contentType: is not one of those allowed here");
        }
        if (bytes > bytesMax) {
            throw new ChatException(ErrorCode.TOO_LARGE, "bytes: must not be over " + bytesMax);
        }
        Upload upload = new Upload(AttachmentId.random(), room, me, name, type, bytes);
        store.requireReachable();
        attachments.announce(upload, Instant.now().plus(UNSENT_KEPT));
        return new Announced(upload.id(), store.uploadUrl(upload));
    }

    /**
     * The attachments of a message of {@code me} to the room, each verified now unless it was before. Never blocks.
     *
     * @param moved told the id of each that stays in the store from now on for the sake of this message, also where it fails
     * @return them in the order of the ids, or a {@link ChatException} as the failure: {@code invalid} naming the
     *     attachment, {@code unavailable}, {@code unsupported}
     */
    public CompletionStage<List<MediaAttachment.Verified>> verified(
            UserId me, RoomId room, List<String> ids, Consumer<String> moved) {
        Supplier<List<MediaAttachment.Verified>> verify = () -> {
            store.requireSupported();
            // Where one is refused the message is, and the others must not stay for good.
            var found = Concurrently.map(ids, id -> checked(me, room, id));
            return Concurrently.map(found, checked -> {
                Verification.Kept file = checked.get();
                if (file.moved()) {
                    moved.accept(file.attachment().upload().id().value());
                }
                return file.attachment();
            });
        };
        return CompletableFuture.supplyAsync(verify, THREADS);
    }

    private Supplier<Verification.Kept> checked(UserId me, RoomId room, String id) {
        MediaAttachment known = AttachmentId.parse(id)
                .flatMap(attachments::find)
                .filter(attachment -> attachment.upload().owner().equals(me)
                        && attachment.upload().room().equals(room))
                .orElseThrow(() -> new ChatException(
                        ErrorCode.INVALID, "attachments: " + id + " is not an upload of yours for this room"));
        return switch (known) {
            case MediaAttachment.Verified verified -> () -> new Verification.Kept(kept(verified), false);
            case MediaAttachment.Pending pending -> verification.check(pending.upload());
        };
    }

    private MediaAttachment.Verified kept(MediaAttachment.Verified known) {
        var kept = messagesExpire
                ? new MediaAttachment.Verified(known.upload(), store.renew(known), known.picture())
                : known;
        if (!attachments.verified(kept)) {
            throw new ChatException(
                    ErrorCode.INVALID,
                    "attachments: " + known.upload().id() + " was removed with a message that it was sent with");
        }
        return kept;
    }

    /**
     * Where {@code me} can get the file from, for a short time.
     *
     * @throws ChatException {@code not_found} for no such attachment, for one not sent and for not-a-member alike
     */
    public SignedUrl download(UserId me, String id) {
        store.requireSupported();
        MediaAttachment.Verified attachment = AttachmentId.parse(id)
                .flatMap(attachments::find)
                .filter(MediaAttachment.Verified.class::isInstance)
                .map(MediaAttachment.Verified.class::cast)
                .orElseThrow(() -> notFound(null));
        authorise(me, attachment.upload());
        store.requireReachable();
        return store.downloadUrl(attachment);
    }

    private void authorise(UserId me, Upload upload) {
        if (Avatars.isAvatar(upload)) {
            if (!avatars.shown(upload)) {
                throw notFound(null);
            }
            return;
        }
        try {
            rooms.authorise(me, upload.room(), Permission.READ);
        } catch (ChatException e) {
            throw e.code() == ErrorCode.UNAVAILABLE ? e : notFound(e);
        }
    }

    private static ChatException notFound(@Nullable ChatException cause) {
        return new ChatException(ErrorCode.NOT_FOUND, "no such attachment", null, cause);
    }
}
