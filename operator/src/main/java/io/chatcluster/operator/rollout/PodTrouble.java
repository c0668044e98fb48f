package io.chatcluster.operator.rollout;

import io.chatcluster.operator.rollout.Trouble.Kind;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a pod's status says is wrong with it. */
final class PodTrouble {
    /** A registry or the node may have hiccups for this long. */
    private static final Duration HICCUP = Duration.ofSeconds(60);

    private static final int RESTARTS_MAX = 3;

    /** Waiting reasons of the kubelet that no waiting ends. */
    private static final Set<String> HOPELESS = Set.of("InvalidImageName", "ErrImageNeverPull");

    private static final Set<String> HARMLESS = Set.of("ContainerCreating", "PodInitializing");

    private PodTrouble() {}

    static Optional<Trouble> of(Pod pod, Instant now) {
        var status = pod.getStatus();
        if (status == null) {
            return Optional.empty();
        }
        return Stream.concat(
                        status.getContainerStatuses().stream().flatMap(container -> of(pod, container, now).stream()),
                        status.getConditions().stream().flatMap(condition -> unschedulable(pod, condition).stream()))
                .findFirst();
    }

    private static Optional<Trouble> of(Pod pod, ContainerStatus container, Instant now) {
        if (Boolean.TRUE.equals(container.getReady())) {
            return Optional.empty();
        }
        var crash = crash(container);
        if (crash.isPresent()) {
            var often = container.getRestartCount() >= RESTARTS_MAX;
            return crash.map(end -> trouble(
                    pod, "CrashLoopBackOff, %s".formatted(LastWords.of(end)), often ? Kind.CERTAIN : Kind.PASSING));
        }
        var waiting = container.getState() == null ? null : container.getState().getWaiting();
        if (waiting == null || waiting.getReason() == null || HARMLESS.contains(waiting.getReason())) {
            return Optional.empty();
        }
        var certain = HOPELESS.contains(waiting.getReason()) || onNode(pod, now).compareTo(HICCUP) > 0;
        // The kubelet alternates between the two; the status is not to.
        var reason = waiting.getReason().replace("ErrImagePull", "ImagePullBackOff");
        return Optional.of(trouble(
                pod, "%s of image %s".formatted(reason, container.getImage()), certain ? Kind.CERTAIN : Kind.PASSING));
    }

    /** How the container ended last, where it has ended and not been well since. */
    private static Optional<ContainerStateTerminated> crash(ContainerStatus container) {
        return Stream.of(container.getState(), container.getLastState())
                .filter(state -> state != null && state.getTerminated() != null)
                .map(state -> state.getTerminated())
                .findFirst();
    }

    private static Optional<Trouble> unschedulable(Pod pod, PodCondition condition) {
        return condition.getType().equals("PodScheduled")
                        && condition.getStatus().equals("False")
                ? Optional.of(
                        trouble(pod, "%s, %s".formatted(condition.getReason(), condition.getMessage()), Kind.PASSING))
                : Optional.empty();
    }

    private static Trouble trouble(Pod pod, String what, Kind kind) {
        return new Trouble(
                "pod %s does not come up: %s.".formatted(pod.getMetadata().getName(), what.replaceAll("[.\\s]+$", "")),
                kind);
    }

    /** For how long it has had a node, for which it may have waited longer than any hiccup lasts. */
    private static Duration onNode(Pod pod, Instant now) {
        var since = pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("PodScheduled")
                        && condition.getStatus().equals("True"))
                .map(PodCondition::getLastTransitionTime)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(pod.getMetadata().getCreationTimestamp());
        return since == null ? Duration.ZERO : Duration.between(Instant.parse(since), now);
    }
}
