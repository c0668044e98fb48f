package io.chatcluster.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.SecretsSpec;
import io.chatcluster.operator.metadata.Annotations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When secrets are to be rotated.
 *
 * @param token hash of the annotation that asks for a rotation; empty where there is none
 * @param every age at which they are rotated unasked; absent means never
 * @param overlap how long tokens that the former key has signed are accepted
 */
record RotationRequest(String token, @Nullable Duration every, Duration overlap, Instant now) {
    private static final SecretsSpec NONE = new SecretsSpec(null, null);
    private static final int DEFAULT_OVERLAP_HOURS = 24;

    static RotationRequest of(ChatCluster cluster, Instant now) {
        var annotations = cluster.getMetadata().getAnnotations();
        var asked = annotations == null ? null : annotations.get(Annotations.ROTATE);
        var spec = requireNonNullElse(cluster.getSpec().secrets(), NONE);
        return new RotationRequest(
                asked == null ? "" : Hash.of(asked),
                spec.rotationDays() == null ? null : Duration.ofDays(spec.rotationDays()),
                Duration.ofHours(requireNonNullElse(spec.signingKeyOverlapHours(), DEFAULT_OVERLAP_HOURS)),
                now.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Whether a Secret with this mark, of which no rotation is going on, is to be rotated. */
    boolean due(@Nullable RotationMark mark) {
        if (mark == null) {
            return !token.isEmpty() || every != null;
        }
        return !token.isEmpty() && !token.equals(mark.request())
                || every != null && !mark.since().plus(every).isAfter(now);
    }

    /** The mark of a step that is taken now. */
    RotationMark mark() {
        return new RotationMark(token, now);
    }
}
