package io.chatcluster.chat.media;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.RoomId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Objects in one bucket: uploads under {@code pending/}, where a lifecycle rule of the bucket expires what is left after a
 * day, and verified ones under {@code sent/}, or where messages expire under {@code sent-for-<days>-days/}, which has such a rule of its
 * own: a change of the days holds for what is sent from then on. Neither tags nor posted forms are used, which not every server has.
 */
public final class S3MediaStore implements MediaStore, AutoCloseable {

    static final Duration UPLOAD_VALID = Duration.ofMinutes(15);
    static final Duration DOWNLOAD_VALID = Duration.ofMinutes(5);

    private static final Logger LOG = Logger.getLogger(S3MediaStore.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(3);
    /** A store that answered this recently is taken to be there. */
    private static final long ANSWER_KEPT_NANOS = Duration.ofSeconds(5).toNanos();

    private static final String PENDING = "pending/";
    private static final String SENT = "sent/";
    /** The operator has the bucket expire what is there a little later than messages. */
    private static final String SENT_FOR = "sent-for-%d-days/";

    private static final Duration YOUNG = Duration.ofDays(1);

    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final long BYTES_PER_SECOND_MIN = 16L * 1024 * 1024;

    private final S3Client client;
    private final S3Presigner presigner;
    private final String bucket;
    private final String sent;
    private volatile long answeredAt = System.nanoTime() - ANSWER_KEPT_NANOS;

    S3MediaStore(S3Client client, S3Presigner presigner, String bucket, Optional<Integer> retentionDays) {
        this.client = client;
        this.presigner = presigner;
        this.bucket = bucket;
        this.sent = retentionDays.map(SENT_FOR::formatted).orElse(SENT);
    }

    @Override
    public void requireSupported() {
        // There is a bucket.
    }

    @Override
    public void requireReachable() {
        if (System.nanoTime() - answeredAt < ANSWER_KEPT_NANOS) {
            return;
        }
        try {
            var unused = call(() -> client.headBucket(r -> r.bucket(bucket)));
        } catch (ReplacedException e) {
            throw unavailable(e);
        }
    }

    @Override
    public SignedUrl uploadUrl(Upload upload) {
        return signed(() -> presigner.presignPutObject(signature -> signature
                .signatureDuration(UPLOAD_VALID)
                .putObjectRequest(r -> r.bucket(bucket)
                        .key(pending(upload))
                        .contentLength(upload.bytes())
                        .contentType(upload.contentType()))));
    }

    @Override
    public SignedUrl downloadUrl(MediaAttachment.Verified attachment) {
        Upload upload = attachment.upload();
        return signed(() -> presigner.presignGetObject(signature -> signature
                .signatureDuration(DOWNLOAD_VALID)
                .getObjectRequest(r -> r.bucket(bucket)
                        .key(key(attachment))
                        .responseContentType(upload.contentType())
                        .responseContentDisposition(ContentDisposition.of(upload)))));
    }

    /** Signing asks nobody but may lack the credentials. */
    private static SignedUrl signed(Supplier<PresignedRequest> signature) {
        try {
            PresignedRequest request = signature.get();
            Map<String, String> headers = new LinkedHashMap<>();
            request.signedHeaders().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("host")) {
                    headers.put(name, String.join(",", values));
                }
            });
            return new SignedUrl(URI.create(request.url().toString()), headers, request.expiration());
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Optional<UploadedObject> uploaded(Upload upload) {
        try {
            HeadObjectResponse head =
                    call(() -> client.headObject(r -> r.bucket(bucket).key(pending(upload))));
            return Optional.of(new UploadedObject(head.eTag(), head.contentLength(), head.contentType()));
        } catch (ReplacedException e) {
            return Optional.empty();
        }
    }

    @Override
    public byte[] read(Upload upload, UploadedObject object, int count) {
        return unchanged(
                upload,
                () -> client.getObjectAsBytes(r -> r.bucket(bucket)
                                .key(pending(upload))
                                .ifMatch(object.version())
                                .range("bytes=0-" + (count - 1))
                                .overrideConfiguration(patience(Math.min(count, object.bytes()))))
                        .asByteArrayUnsafe());
    }

    @Override
    public URI keep(Upload upload, UploadedObject object) {
        var unused = unchanged(
                upload,
                () -> client.copyObject(r -> r.sourceBucket(bucket)
                        .sourceKey(pending(upload))
                        .copySourceIfMatch(object.version())
                        .destinationBucket(bucket)
                        .destinationKey(kept(upload))
                        .overrideConfiguration(patience(object.bytes()))));
        return address(upload);
    }

    @Override
    public URI renew(MediaAttachment.Verified attachment) {
        return renew(attachment, Instant.now().minus(YOUNG));
    }

    /** An object that was last written before {@code latest} is written anew: rules of the bucket count from there. */
    URI renew(MediaAttachment.Verified attachment, Instant latest) {
        Upload upload = attachment.upload();
        String key = key(attachment);
        return unchanged(upload, () -> {
            HeadObjectResponse head = client.headObject(r -> r.bucket(bucket).key(key));
            if (key.equals(kept(upload)) && head.lastModified().isAfter(latest)) {
                return attachment.object();
            }
            var unused = client.copyObject(r -> r.sourceBucket(bucket)
                    .sourceKey(key)
                    .destinationBucket(bucket)
                    .destinationKey(kept(upload))
                    // Without a change no object is copied to itself.
                    .metadataDirective(MetadataDirective.REPLACE)
                    .contentType(head.contentType())
                    .overrideConfiguration(patience(head.contentLength())));
            return address(upload);
        });
    }

    @Override
    public void discard(Upload upload) {
        try {
            client.deleteObject(r -> r.bucket(bucket).key(pending(upload)));
        } catch (SdkException e) {
            LOG.debugf("%s is left for the bucket's lifecycle rule: %s", pending(upload), e.getMessage());
        }
    }

    @Override
    public void delete(RemovedObject object) {
        String place = place(object.room(), object.id());
        for (String key : new HashSet<>(List.of(PENDING + place, SENT + place, sent + place))) {
            try {
                var unused =
                        call(() -> client.deleteObject(r -> r.bucket(bucket).key(key)));
            } catch (ReplacedException gone) {
                // That is what was wanted.
            }
        }
    }

    private <T> T unchanged(Upload upload, Supplier<T> request) {
        try {
            return call(request);
        } catch (ReplacedException e) {
            throw new ChatException(
                    ErrorCode.INVALID, "attachments: " + upload.id() + " was replaced while it was checked", null, e);
        }
    }

    private <T> T call(Supplier<T> request) {
        try {
            T answer = request.get();
            answeredAt = System.nanoTime();
            return answer;
        } catch (SdkException e) {
            boolean replaced = e instanceof S3Exception s3
                    && (s3.statusCode() == NOT_FOUND || s3.statusCode() == PRECONDITION_FAILED);
            if (replaced) {
                throw new ReplacedException(e);
            }
            answeredAt = System.nanoTime() - ANSWER_KEPT_NANOS;
            throw unavailable(e);
        }
    }

    private static ChatException unavailable(Exception cause) {
        LOG.warnf("S3 did not answer: %s", cause.getMessage());
        return new ChatException(ErrorCode.UNAVAILABLE, "the media store did not answer", RETRY_AFTER, cause);
    }

    /** What moves many bytes may take longer. */
    private static AwsRequestOverrideConfiguration patience(long bytes) {
        Duration timeout = S3Clients.ATTEMPT_TIMEOUT.plusMillis(bytes * 1_000 / BYTES_PER_SECOND_MIN);
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(timeout)
                .apiCallTimeout(timeout.multipliedBy(2))
                .build();
    }

    /** Rooms' ids are made of letters, digits, hyphens, underscores and tildes. */
    private static String place(RoomId room, AttachmentId id) {
        return room + "/" + id;
    }

    private static String pending(Upload upload) {
        return PENDING + place(upload.room(), upload.id());
    }

    /** Where it stays when it is sent now. */
    private String kept(Upload upload) {
        return (Avatars.isAvatar(upload) ? SENT : sent) + place(upload.room(), upload.id());
    }

    private URI address(Upload upload) {
        return URI.create("s3://" + bucket + "/" + kept(upload));
    }

    private static String key(MediaAttachment.Verified attachment) {
        return attachment.object().getPath().substring(1);
    }

    @Override
    public void close() {
        presigner.close();
        client.close();
    }

    /** There is no such version of the object. */
    private static final class ReplacedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReplacedException(SdkException cause) {
            super(cause);
        }
    }
}
