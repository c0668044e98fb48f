package io.chatcluster.chat.media;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at what was uploaded, once: is it what was announced, and what does it look like. Blocks. */
@ApplicationScoped
public class Verification {

    private static final int BEGINNING_BYTES = 64 * 1024;
    private static final int PICTURE_BYTES_MAX = 16 * 1024 * 1024;
    private static final int AT_ONCE = 32;
    private static final Duration PLACE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** That version of the upload is what was announced. */
    private record Checked(
            Upload upload, UploadedObject object, @Nullable Picture picture) {}

    /**
     * A file that stays.
     *
     * @param moved whether this has brought it there; otherwise it was there
     */
    record Kept(MediaAttachment.Verified attachment, boolean moved) {}

    private final MediaStore store;
    private final AttachmentStore attachments;
    private final MediaMetrics metrics;
    private final Semaphore places = new Semaphore(AT_ONCE);
    /** One whole picture in memory at a time. */
    private final Semaphore pictures = new Semaphore(1);

    @Inject
    public Verification(MediaStore store, AttachmentStore attachments, MeterRegistry registry) {
        this.store = store;
        this.attachments = attachments;
        this.metrics = new MediaMetrics(registry);
    }

    /**
     * Looks at the upload and leaves it where it expires.
     *
     * @return moves it to where it stays, and fails as this does
     * @throws ChatException {@code invalid} naming the attachment when it is not what was announced
     */
    Supplier<Kept> check(Upload upload) {
        return unlessVerified(
                upload,
                () -> {
                    Checked checked = metrics.timed(() -> look(upload));
                    return () ->
                            unlessVerified(upload, () -> metrics.counted(() -> keep(checked)), Verification::there);
                },
                verified -> () -> there(verified));
    }

    private static Kept there(MediaAttachment.Verified attachment) {
        return new Kept(attachment, false);
    }

    private <T> T unlessVerified(Upload upload, Supplier<T> task, Function<MediaAttachment.Verified, T> known) {
        if (!acquired(places)) {
            throw new ChatException(ErrorCode.UNAVAILABLE, "too many attachments wait to be checked", RETRY_AFTER);
        }
        try {
            return task.get();
        } catch (ChatException e) {
            // Another request may have verified and moved the object meanwhile.
            Optional<MediaAttachment> found =
                    e.code() == ErrorCode.INVALID ? attachments.find(upload.id()) : Optional.empty();
            if (found.isPresent() && found.get() instanceof MediaAttachment.Verified verified) {
                return known.apply(verified);
            }
            throw e;
        } finally {
            places.release();
        }
    }

    private Checked look(Upload upload) {
        UploadedObject object = store.uploaded(upload).orElseThrow(() -> invalid(upload, "was not uploaded"));
        if (object.bytes() != upload.bytes()) {
            throw invalid(upload, "has " + object.bytes() + " bytes, not the " + upload.bytes() + " announced");
        }
        if (!upload.contentType().equals(object.contentType())) {
            throw invalid(upload, "was not uploaded as " + upload.contentType());
        }
        byte[] beginning = store.read(upload, object, BEGINNING_BYTES);
        if (!FileSignature.fits(upload.contentType(), beginning)) {
            throw invalid(upload, "does not begin as a file of type " + upload.contentType() + " does");
        }
        return new Checked(upload, object, picture(upload, object, beginning));
    }

    private Kept keep(Checked checked) {
        Upload upload = checked.upload();
        URI address = store.keep(upload, checked.object());
        MediaAttachment.Verified verified = new MediaAttachment.Verified(upload, address, checked.picture());
        if (!attachments.verified(verified)) {
            throw invalid(upload, "was removed meanwhile");
        }
        store.discard(upload);
        return new Kept(verified, true);
    }

    private @Nullable Picture picture(Upload upload, UploadedObject object, byte[] beginning) {
        String contentType = upload.contentType();
        PictureHeader header = PictureHeader.read(contentType, beginning);
        boolean tooLarge = object.bytes() > PICTURE_BYTES_MAX;
        if (tooLarge || !contentType.startsWith("image/") || !acquired(pictures)) {
            return header == null ? null : header.picture(null);
        }
        try {
            byte[] whole =
                    object.bytes() <= beginning.length ? beginning : store.read(upload, object, (int) object.bytes());
            // What cameras write before the header can be longer than the beginning.
            PictureHeader known = header == null ? PictureHeader.read(contentType, whole) : header;
            return known == null ? null : known.picture(Preview.of(contentType, known, whole));
        } finally {
            pictures.release();
        }
    }

    private static boolean acquired(Semaphore semaphore) {
        try {
            return semaphore.tryAcquire(PLACE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ChatException invalid(Upload upload, String why) {
        return new ChatException(ErrorCode.INVALID, "attachments: " + upload.id() + " " + why);
    }
}
