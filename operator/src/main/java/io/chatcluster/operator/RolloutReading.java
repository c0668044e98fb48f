package io.chatcluster.operator;

import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.rollout.Refusal;
import io.chatcluster.operator.rollout.Rollout;
import io.chatcluster.operator.rollout.Trouble;
import io.chatcluster.operator.status.RolloutObservation;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a rollout off the chat Deployment and off what was decided about it. */
final class RolloutReading {
    private RolloutReading() {}

    static RolloutObservation of(Deployment deployment, Rollouts rollouts) {
        var metadata = deployment.getMetadata();
        var status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        var outcome = rollouts.outcome();
        return new RolloutObservation(
                rollouts.wanted().id(),
                metadata.getAnnotations().get(Annotations.REVISION),
                Objects.equals(metadata.getGeneration(), status.getObservedGeneration()),
                number(deployment.getSpec().getReplicas()),
                number(status.getReplicas()),
                number(status.getUpdatedReplicas()),
                number(status.getReadyReplicas()),
                number(status.getAvailableReplicas()),
                stuck(outcome, status),
                rolledBack(outcome),
                waiting(outcome, rollouts.trouble(), status));
    }

    private static @Nullable String waiting(Rollout outcome, @Nullable Trouble trouble, DeploymentStatus status) {
        return switch (outcome) {
            case Rollout.Pursue pursue -> pursue.waiting();
            case Rollout.Hold hold -> "New chat pods wait until " + hold.until();
            case Rollout.StandStill standStill -> null;
            case Rollout.GiveUp giveUp -> obstacle(trouble, status);
            case Rollout.StayBack stayBack -> obstacle(trouble, status);
        };
    }

    private static @Nullable String obstacle(@Nullable Trouble trouble, DeploymentStatus status) {
        return trouble == null ? Refusal.in(status).orElse(null) : trouble.message();
    }

    private static @Nullable String stuck(Rollout outcome, DeploymentStatus status) {
        return switch (outcome) {
            case Rollout.StandStill standStill -> standStill.why();
            case Rollout.Pursue pursue -> Refusal.in(status).orElse(null);
            case Rollout.Hold hold -> null;
            case Rollout.GiveUp giveUp -> null;
            case Rollout.StayBack stayBack -> null;
        };
    }

    private static @Nullable String rolledBack(Rollout outcome) {
        return switch (outcome) {
            case Rollout.Pursue pursue -> null;
            case Rollout.Hold hold -> null;
            case Rollout.StandStill standStill -> null;
            case Rollout.GiveUp giveUp -> giveUp.failure().why();
            case Rollout.StayBack stayBack -> stayBack.failure().why();
        };
    }

    private static int number(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
