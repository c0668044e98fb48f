package io.chatcluster.operator.aws;

import io.chatcluster.operator.plan.MediaPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The rule by which web pages may upload to and download from the bucket. */
final class BucketCors {
    private static final String ID = "chatcluster";
    private static final int PREFLIGHT_LIFETIME_SECONDS = 3600;

    private final S3Client client;
    private final String bucket;
    private final CORSRule ours;

    BucketCors(S3Client client, MediaPlan plan) {
        this.client = client;
        this.bucket = plan.bucket();
        this.ours = CORSRule.builder()
                .id(ID)
                .allowedOrigins(plan.origins())
                .allowedMethods("PUT", "GET", "HEAD")
                .allowedHeaders("*")
                .exposeHeaders("ETag")
                .maxAgeSeconds(PREFLIGHT_LIFETIME_SECONDS)
                .build();
    }

    boolean isAsPlanned() {
        return rules().stream().anyMatch(this::means);
    }

    /** Others' rules stay. */
    void write() {
        var rules = new ArrayList<CORSRule>();
        rules.add(ours);
        rules().stream().filter(rule -> !ID.equals(rule.id())).forEach(rules::add);
        client.putBucketCors(request -> request.bucket(bucket).corsConfiguration(cors -> cors.corsRules(rules)));
    }

    private List<CORSRule> rules() {
        try {
            return client.getBucketCors(request -> request.bucket(bucket)).corsRules();
        } catch (S3Exception e) {
            if (BucketSettings.isAbsent(e)) {
                return List.of();
            }
            throw e;
        }
    }

    private boolean means(CORSRule rule) {
        return ID.equals(rule.id())
                && Set.copyOf(rule.allowedOrigins()).equals(Set.copyOf(ours.allowedOrigins()))
                && Set.copyOf(rule.allowedMethods()).equals(Set.copyOf(ours.allowedMethods()))
                && rule.allowedHeaders().equals(ours.allowedHeaders())
                && rule.exposeHeaders().equals(ours.exposeHeaders())
                && ours.maxAgeSeconds().equals(rule.maxAgeSeconds());
    }
}
