package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.plan.ClusterPlan;

/** Whether the chat pods are, or are getting to be, what the spec says. */
final class ProgressingCondition {
    private ProgressingCondition() {}

    static Verdict assess(ClusterPlan plan, Observation seen) {
        if (seen.paused()) {
            return Verdict.no(
                    ConditionReason.PAUSED,
                    "The annotation %s is \"true\": nothing is changed until it is taken away."
                            .formatted(Annotations.PAUSED));
        }
        if (seen.writeFailure() != null) {
            return Verdict.no(ConditionReason.APPLY_FAILED, seen.writeFailure());
        }
        var rollout = seen.rollout();
        if (rollout != null && rollout.rolledBack() != null) {
            return Verdict.no(
                    ConditionReason.ROLLED_BACK,
                    "Rolled back to the chat pods that were there before%s. %s Change the spec, or set the annotation %s to try the same again."
                            .formatted(ofThose(rollout), rollout.rolledBack(), Annotations.RESTARTED_AT));
        }
        if (rollout == null || !rollout.current()) {
            return Verdict.yes(ConditionReason.ROLLOUT_IN_PROGRESS, "The chat Deployment is being written.");
        }
        if (rollout.complete(plan)) {
            return Verdict.yes(
                    ConditionReason.ROLLOUT_COMPLETE,
                    "%d of %d chat pods are as the spec says.".formatted(rollout.ready(), rollout.desired()));
        }
        if (rollout.held()) {
            return Verdict.yes(ConditionReason.ROLLOUT_IN_PROGRESS, String.valueOf(rollout.waiting()));
        }
        if (rollout.stuck() != null) {
            return Verdict.no(
                    ConditionReason.ROLLOUT_STUCK, "Chat pods do not come up. Reason: %s".formatted(rollout.stuck()));
        }
        return Verdict.yes(
                ConditionReason.ROLLOUT_IN_PROGRESS,
                "%d of %d chat pods are as the spec says, %d are ready.%s"
                        .formatted(
                                rollout.updated(),
                                rollout.desired(),
                                rollout.ready(),
                                rollout.waiting() == null ? "" : " Meanwhile " + rollout.waiting()));
    }

    /** How those are that were gone back to, where not all of them are up. */
    private static String ofThose(RolloutObservation rollout) {
        if (!rollout.current() || rollout.ready() >= rollout.desired()) {
            return "";
        }
        return ", of which %d of %d are ready%s"
                .formatted(
                        rollout.ready(),
                        rollout.desired(),
                        rollout.waiting() == null ? "" : " (" + rollout.waiting() + ")");
    }
}
