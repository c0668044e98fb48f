package io.chatcluster.chat.media;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.RoomId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Objects in one bucket, see {@link S3Keys}. Neither tags nor posted forms are used, which not every server has. */
public final class S3MediaStore implements MediaStore, AutoCloseable {

    static final Duration UPLOAD_VALID = Duration.ofMinutes(15);
    static final Duration DOWNLOAD_VALID = Duration.ofMinutes(5);

    private static final Logger LOG = Logger.getLogger(S3MediaStore.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(3);
    /** A store that answered this recently is taken to be there. */
    private static final long ANSWER_KEPT_NANOS = Duration.ofSeconds(5).toNanos();

    private static final Duration YOUNG = Duration.ofDays(1);

    private static final int PAGE_OBJECTS = 100;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final long BYTES_PER_SECOND_MIN = 16L * 1024 * 1024;

    private final S3Client client;
    private final S3Presigner presigner;
    private final String bucket;
    private final S3Keys keys;
    private volatile long answeredAt = System.nanoTime() - ANSWER_KEPT_NANOS;

    S3MediaStore(S3Client client, S3Presigner presigner, String bucket, Optional<Integer> retentionDays) {
        this.client = client;
        this.presigner = presigner;
        this.bucket = bucket;
        this.keys = new S3Keys(bucket, retentionDays);
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
                        .key(keys.pending(upload))
                        .contentLength(upload.bytes())
                        .contentType(upload.contentType()))));
    }

    @Override
    public SignedUrl downloadUrl(MediaAttachment.Verified attachment) {
        Upload upload = attachment.upload();
        return signed(() -> presigner.presignGetObject(signature -> signature
                .signatureDuration(DOWNLOAD_VALID)
                .getObjectRequest(r -> r.bucket(bucket)
                        .key(S3Keys.kept(attachment))
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
                    call(() -> client.headObject(r -> r.bucket(bucket).key(keys.pending(upload))));
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
                                .key(keys.pending(upload))
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
                        .sourceKey(keys.pending(upload))
                        .copySourceIfMatch(object.version())
                        .destinationBucket(bucket)
                        .destinationKey(keys.kept(upload))
                        .overrideConfiguration(patience(object.bytes()))));
        return keys.address(upload);
    }

    @Override
    public URI renew(MediaAttachment.Verified attachment) {
        return renew(attachment, Instant.now().minus(YOUNG));
    }

    /** An object that was last written before {@code latest} is written anew: rules of the bucket count from there. */
    URI renew(MediaAttachment.Verified attachment, Instant latest) {
        Upload upload = attachment.upload();
        String key = S3Keys.kept(attachment);
        return unchanged(upload, () -> {
            HeadObjectResponse head = client.headObject(r -> r.bucket(bucket).key(key));
            if (key.equals(keys.kept(upload)) && head.lastModified().isAfter(latest)) {
                return attachment.object();
            }
            var unused = client.copyObject(r -> r.sourceBucket(bucket)
                    .sourceKey(key)
                    .destinationBucket(bucket)
                    .destinationKey(keys.kept(upload))
                    // Without a change no object is copied to itself.
                    .metadataDirective(MetadataDirective.REPLACE)
                    .contentType(head.contentType())
                    .overrideConfiguration(patience(head.contentLength())));
            return keys.address(upload);
        });
    }

    @Override
    public void discard(Upload upload) {
        try {
            client.deleteObject(r -> r.bucket(bucket).key(keys.pending(upload)));
        } catch (SdkException e) {
            LOG.debugf("%s is left for the bucket's lifecycle rule: %s", keys.pending(upload), e.getMessage());
        }
    }

    @Override
    public void delete(RemovedObject object) {
        for (String key : keys.all(object)) {
            try {
                var unused =
                        call(() -> client.deleteObject(r -> r.bucket(bucket).key(key)));
            } catch (ReplacedException gone) {
                // That is what was wanted.
            }
        }
    }

    @Override
    public void objects(RoomId room, Consumer<List<RemovedObject>> page) {
        objects(room, PAGE_OBJECTS, page);
    }

    void objects(RoomId room, int pageObjects, Consumer<List<RemovedObject>> page) {
        for (String folder : keys.folders(room)) {
            String next = null;
            do {
                ListObjectsV2Response found = listed(folder, pageObjects, next);
                page.accept(found.contents().stream()
                        .flatMap(object -> AttachmentId.parse(object.key().substring(folder.length())).stream())
                        .map(id -> new RemovedObject(room, id))
                        .toList());
                next = found.nextContinuationToken();
            } while (next != null);
        }
    }

    private ListObjectsV2Response listed(String folder, int count, @Nullable String next) {
        try {
            return call(() -> client.listObjectsV2(
                    r -> r.bucket(bucket).prefix(folder).maxKeys(count).continuationToken(next)));
        } catch (ReplacedException e) {
            throw unavailable(e);
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
