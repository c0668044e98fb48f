package io.chatcluster.operator.aws;

import io.chatcluster.operator.plan.MediaPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Rules that remove uploads which nobody finished, and files that were sent with messages which are gone. */
final class BucketLifecycle {
    /** Where chat pods keep what is uploaded but not yet part of a message. */
    private static final String PENDING = "pending/";
    /** Where they keep what is part of a message that goes after so many days. */
    private static final String SENT_FOR = "sent-for-%d-days/";

    /** A file goes after its message: the message is a little younger, and S3 counts whole days. */
    private static final int MARGIN_DAYS = 2;

    private final S3Client client;
    private final String bucket;
    private final List<LifecycleRule> ours;

    BucketLifecycle(S3Client client, MediaPlan plan) {
        this.client = client;
        this.bucket = plan.bucket();
        this.ours = ours(plan.messageDays());
    }

    private static List<LifecycleRule> ours(@Nullable Integer messageDays) {
        var rules = new ArrayList<>(List.of(
                expiry("chatcluster-pending", PENDING, 1),
                LifecycleRule.builder()
                        .id("chatcluster-incomplete")
                        .status(ExpirationStatus.ENABLED)
                        .filter(filter -> filter.prefix(""))
                        .abortIncompleteMultipartUpload(abort -> abort.daysAfterInitiation(1))
                        .build()));
        if (messageDays != null) {
            // The rule of an earlier number stays for what was sent under it.
            rules.add(expiry(
                    "chatcluster-sent-for-%d-days".formatted(messageDays),
                    SENT_FOR.formatted(messageDays),
                    messageDays + MARGIN_DAYS));
        }
        return List.copyOf(rules);
    }

    private static LifecycleRule expiry(String id, String prefix, int days) {
        return LifecycleRule.builder()
                .id(id)
                .status(ExpirationStatus.ENABLED)
                .filter(filter -> filter.prefix(prefix))
                .expiration(expiration -> expiration.days(days))
                .build();
    }

    boolean isAsPlanned() {
        var rules = rules();
        return ours.stream().allMatch(planned -> rules.stream().anyMatch(rule -> means(rule, planned)));
    }

    /** Others' rules stay. */
    void write() {
        var rules = new ArrayList<>(ours);
        rules().stream()
                .filter(rule -> ours.stream().noneMatch(planned -> planned.id().equals(rule.id())))
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
    private static boolean means(LifecycleRule rule, LifecycleRule planned) {
        return planned.id().equals(rule.id())
                && rule.status() == planned.status()
                && Objects.equals(prefix(rule), prefix(planned))
                && Objects.equals(days(rule), days(planned))
                && Objects.equals(rule.abortIncompleteMultipartUpload(), planned.abortIncompleteMultipartUpload());
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
