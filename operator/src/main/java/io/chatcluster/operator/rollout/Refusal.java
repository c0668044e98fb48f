package io.chatcluster.operator.rollout;

import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Optional;

/** Why Kubernetes makes no pods of a Deployment, such as a quota or a policy. */
public final class Refusal {
    private Refusal() {}

    /**
     * Reads it off a Deployment. It is the answer to the first pod that was refused: as long as none is made Kubernetes keeps
     * that one, whatever it answers later.
     */
    public static Optional<String> in(DeploymentStatus status) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals("ReplicaFailure")
                        && condition.getStatus().equals("True"))
                .map(condition -> "no chat pod can be made. Kubernetes refused the first with: %s"
                        .formatted(condition.getMessage()))
                .findFirst();
    }
}
