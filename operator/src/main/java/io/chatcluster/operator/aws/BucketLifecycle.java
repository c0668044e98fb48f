package io.chatcluster.operator.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Rules that remove uploads which nobody finished. */
final class BucketLifecycle {
    /** Where chat pods keep what is uploaded but not yet part of a message. */
    private static final String PENDING = "pending/";

    private static final List<LifecycleRule> OURS = List.of(
            LifecycleRule.builder()
                    .id("chatcluster-pending")
                    .status(ExpirationStatus.ENABLED)
                    .filter(filter -> filter.prefix(PENDING))
                    .expiration(expiration -> expiration.days(1))
                    .build(),
            LifecycleRule.builder()
                    .id("chatcluster-incomplete")
                    .status(ExpirationStatus.ENABLED)
                    .filter(filter -> filter.prefix(""))
                    .abortIncompleteMultipartUpload(abort -> abort.daysAfterInitiation(1))
                    .build());

    private final S3Client client;
    private final String bucket;

    BucketLifecycle(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    boolean isAsPlanned() {
        var rules = rules();
        return OURS.stream().allMatch(ours -> rules.stream().anyMatch(rule -> means(rule, ours)));
    }

    /** Others' rules stay. */
    void write() {
        var rules = new ArrayList<>(OURS);
        rules().stream()
                .filter(rule -> OURS.stream().noneMatch(ours -> ours.id().equals(rule.id())))
                .forEach(rules::add);
        client.putBucketLifecycleConfiguration(
                request -> request.bucket(bucket).lifecycleConfiguration(lifecycle -> lifecycle.rules(rules)));
    }

    private List<LifecycleRule> rules() {
        try {
            return client.getBucketLifecycleConfiguration(request -> request.bucket(bucket))
                    .rules();
        } catch (S3Exception e) {
            if (BucketSettings.isAbsent(e)) {
                return List.of();
            }
            throw e;
        }
    }

    /** Servers add to a rule what is the same by default, so only what matters is compared. */
    private static boolean means(LifecycleRule rule, LifecycleRule ours) {
        return ours.id().equals(rule.id())
                && rule.status() == ours.status()
                && Objects.equals(prefix(rule), prefix(ours))
                && Objects.equals(days(rule), days(ours))
                && Objects.equals(rule.abortIncompleteMultipartUpload(), ours.abortIncompleteMultipartUpload());
    }

    private static String prefix(LifecycleRule rule) {
        return rule.filter() == null || rule.filter().prefix() == null
                ? ""
                : rule.filter().prefix();
    }

    private static int days(LifecycleRule rule) {
        return rule.expiration() == null || rule.expiration().days() == null
                ? 0
                : rule.expiration().days();
    }
}
