package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;

/** Whether the bucket for attachments can be reached. */
final class MediaReadyCondition {
    private MediaReadyCondition() {}

    static Verdict assess(ClusterPlan plan, Observation seen) {
        if (plan.media() == null) {
            return Verdict.no(
                    ConditionReason.NOT_REQUESTED,
                    "spec.media is not set: there are no attachments. Ready does not wait for this.");
        }
        var media = seen.media();
        if (media == null) {
            return Verdict.unknown("The bucket cannot be asked for before SecretsReady is True.");
        }
        if (media.problem() != null) {
            return Verdict.no(media.problem());
        }
        var reachable = "Bucket %s can be reached.".formatted(media.bucket());
        return Verdict.yes(
                ConditionReason.BUCKET_REACHABLE,
                media.unsupported().isEmpty()
                        ? reachable
                        : "%s Its server does not offer: %s. See to them another way."
                                .formatted(reachable, String.join(", ", media.unsupported())));
    }
}
