package io.chatcluster.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.MediaSpec;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.metadata.ResourceNames;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The S3 bucket for attachments.
 *
 * @param publicEndpoint URL at which clients reach S3 where it is not the one that chat pods use
 * @param allowedContentTypes none where the chat pods' own list holds
 * @param messageDays how long messages are kept, in days; null for ever
 * @param origins whose web pages may upload and download
 */
public record MediaPlan(
        AwsLocation location,
        @Nullable String publicEndpoint,
        String bucket,
        long maxObjectBytes,
        List<String> allowedContentTypes,
        List<String> origins,
        @Nullable Integer messageDays,
        Provisioning provisioning,
        DeletionPolicy deletionPolicy) {
    private static final long DEFAULT_MAX_OBJECT_BYTES = 100L * 1024 * 1024;

    /** A page needs a signed address in any case, so any may use one where the spec names no origins. */
    private static final List<String> ANY_ORIGIN = List.of("*");

    static MediaPlan of(MediaSpec media, ChatClusterSpec spec, ResourceNames names) {
        return new MediaPlan(
                new AwsLocation(
                        requireNonNullElse(media.region(), spec.dynamodb().region()), media.endpoint()),
                media.publicEndpoint(),
                requireNonNullElse(media.bucket(), names.bucket()),
                requireNonNullElse(media.maxObjectBytes(), DEFAULT_MAX_OBJECT_BYTES),
                requireNonNullElse(media.allowedContentTypes(), List.of()),
                origins(spec),
                spec.dynamodb().historyRetentionDays(),
                requireNonNullElse(media.provisioning(), Provisioning.MANAGED),
                requireNonNullElse(media.deletionPolicy(), DeletionPolicy.RETAIN));
    }

    /** The host's own page uploads too; whether it comes by TLS is the Ingress' or the Gateway's to decide. */
    private static List<String> origins(ChatClusterSpec spec) {
        var ingress = spec.ingress();
        if (ingress == null
                || ingress.allowedOrigins() == null
                || ingress.allowedOrigins().contains("*")) {
            return ANY_ORIGIN;
        }
        return Stream.concat(
                        Stream.of("https://" + ingress.host(), "http://" + ingress.host()),
                        ingress.allowedOrigins().stream())
                .distinct()
                .toList();
    }
}
