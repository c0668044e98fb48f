package io.chatcluster.operator.aws;

import io.chatcluster.operator.plan.MediaPlan;
import io.chatcluster.operator.status.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** What a bucket must be besides being there: private, encrypted, tidied up, and open to the web pages that upload to it. */
final class BucketSettings {
    private static final Logger LOG = Logger.getLogger(BucketSettings.class);

    private static final PublicAccessBlockConfiguration PRIVATE = PublicAccessBlockConfiguration.builder()
            .blockPublicAcls(true)
            .ignorePublicAcls(true)
            .blockPublicPolicy(true)
            .restrictPublicBuckets(true)
            .build();

    private final S3Client client;
    private final MediaPlan plan;
    private final String bucket;

    BucketSettings(S3Client client, MediaPlan plan) {
        this.client = client;
        this.plan = plan;
        this.bucket = plan.bucket();
    }

    private record Setting(String name, BooleanSupplier asPlanned, Runnable write) {}

    /**
     * What came of comparing and repairing.
     *
     * @param unsupported settings that an S3-compatible server does not know
     * @param settled whether every setting was found as planned or is unsupported
     */
    record Outcome(List<String> unsupported, @Nullable Problem problem, boolean settled) {}

    /** Sets what differs, and leaves alone what others set besides. */
    Outcome repair() {
        var lifecycle = new BucketLifecycle(client, plan);
        var cors = new BucketCors(client, plan);
        var settings = List.of(
                new Setting("the block of public access", this::isPrivate, this::makePrivate),
                new Setting("default encryption", this::isEncrypted, this::encrypt),
                new Setting("lifecycle rules", lifecycle::isAsPlanned, lifecycle::write),
                new Setting("CORS", cors::isAsPlanned, cors::write));
        var unsupported = new ArrayList<String>();
        @Nullable Problem problem = null;
        var settled = true;
        for (var setting : settings) {
            try {
                if (!setting.asPlanned().getAsBoolean()) {
                    settled = false;
                    setting.write().run();
                }
            } catch (SdkException e) {
                if (plan.location().endpoint() != null && isUnsupported(e)) {
                    unsupported.add(setting.name());
                    continue;
                }
                settled = false;
                if (isThrottled(e)) {
                    // The bucket is there and serves; that a setting could not be asked for now does not change that.
                    LOG.warnf("%s of bucket %s: compared later: %s", setting.name(), bucket, e.getMessage());
                } else if (problem == null) {
                    problem = AwsProblems.of(e, "Bucket %s, %s".formatted(bucket, setting.name()), plan.location());
                }
                if (AwsProblems.isUnanswered(e)) {
                    break;
                }
            }
        }
        return new Outcome(List.copyOf(unsupported), problem, settled);
    }

    private static boolean isThrottled(SdkException exception) {
        return exception instanceof S3Exception answer && answer.isThrottlingException();
    }

    private static boolean isUnsupported(SdkException exception) {
        return exception instanceof S3Exception answer && (answer.statusCode() == 501 || answer.statusCode() == 405);
    }

    /** Whether a question about a setting was answered by there being none. */
    static boolean isAbsent(S3Exception exception) {
        return exception.statusCode() == 404;
    }

    private boolean isPrivate() {
        try {
            return PRIVATE.equals(client.getPublicAccessBlock(request -> request.bucket(bucket))
                    .publicAccessBlockConfiguration());
        } catch (S3Exception e) {
            if (isAbsent(e)) {
                return false;
            }
            throw e;
        }
    }

    private void makePrivate() {
        client.putPublicAccessBlock(request -> request.bucket(bucket).publicAccessBlockConfiguration(PRIVATE));
    }

    /** By whichever key: an admin may have chosen one of their own. */
    private boolean isEncrypted() {
        try {
            return client
                    .getBucketEncryption(request -> request.bucket(bucket))
                    .serverSideEncryptionConfiguration()
                    .rules()
                    .stream()
                    .anyMatch(rule -> rule.applyServerSideEncryptionByDefault() != null);
        } catch (S3Exception e) {
            if (isAbsent(e)) {
                return false;
            }
            throw e;
        }
    }

    private void encrypt() {
        client.putBucketEncryption(request -> request.bucket(bucket)
                .serverSideEncryptionConfiguration(
                        configuration -> configuration.rules(rule -> rule.applyServerSideEncryptionByDefault(
                                byDefault -> byDefault.sseAlgorithm(ServerSideEncryption.AES256)))));
    }
}
