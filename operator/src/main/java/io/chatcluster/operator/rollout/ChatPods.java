package io.chatcluster.operator.rollout;

import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.rollout.Trouble.Kind;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The chat pods as they are.
 *
 * @param deployment absent where there is none
 * @param pods all that have not been told to go
 * @param delivering whether a pod's canary messages arrive at another, by name of the pods that say so
 * @param problems what keeps a pod that runs from being ready, by name of the pods that say so
 */
public record ChatPods(
        @Nullable Deployment deployment,
        List<Pod> pods,
        Map<String, Hearing> delivering,
        Map<String, String> problems) {
    /** Id of what the Deployment was written from. */
    public Optional<String> running() {
        return annotation(Annotations.REVISION);
    }

    /** What was given up before. */
    public Optional<Failure> failure() {
        return annotation(Annotations.FAILED_REVISION)
                .map(revision ->
                        new Failure(revision, annotation(Annotations.FAILURE).orElse("")));
    }

    /** Whether there are pods of another revision that do not deliver or have only begun to, and none that does for long. */
    public boolean othersFail(Revision wanted, Instant now) {
        var others = pods.stream()
                .filter(pod -> !isOf(wanted, pod))
                .map(pod -> delivering.get(pod.getMetadata().getName()))
                .filter(Objects::nonNull)
                .toList();
        return !others.isEmpty() && others.stream().noneMatch(hearing -> hearing.arriveForLong(now));
    }

    /** What keeps pods of a revision from coming up; where several things do, the surest of them. */
    public Optional<Trouble> trouble(Revision wanted, Instant now) {
        var found = pods.stream()
                .filter(pod -> isOf(wanted, pod))
                .flatMap(pod -> Stream.of(PodTrouble.of(pod, now), silence(wanted, pod, now), problem(pod))
                        .flatMap(Optional::stream))
                .toList();
        var certain =
                found.stream().filter(trouble -> trouble.kind() == Kind.CERTAIN).findFirst();
        var first = found.stream().findFirst();
        return certain.or(() -> overdue(first)).or(() -> first);
    }

    /** Names of the ConfigMaps that pods mount, or will mount when the Deployment replaces them. */
    public Set<String> mounted() {
        var names = new HashSet<String>();
        pods.forEach(pod -> settings(pod.getSpec()).ifPresent(names::add));
        if (deployment != null) {
            settings(deployment.getSpec().getTemplate().getSpec()).ifPresent(names::add);
        }
        return names;
    }

    private Optional<Trouble> overdue(Optional<Trouble> trouble) {
        return progress()
                .filter(condition -> condition.getStatus().equals("False"))
                .map(condition -> new Trouble(
                        trouble.map(Trouble::message)
                                .or(this::refusal)
                                .orElse("no new chat pod became ready in time: %s Look at its log."
                                        .formatted(condition.getMessage())),
                        Kind.OVERDUE));
    }

    private Optional<String> refusal() {
        return Optional.ofNullable(deployment).map(Deployment::getStatus).flatMap(Refusal::in);
    }

    private Optional<DeploymentCondition> progress() {
        if (deployment == null
                || deployment.getStatus() == null
                || !Objects.equals(
                        deployment.getMetadata().getGeneration(),
                        deployment.getStatus().getObservedGeneration())) {
            return Optional.empty();
        }
        return deployment.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Progressing"))
                .findFirst();
    }

    /** What it lacks may come yet. */
    private Optional<Trouble> problem(Pod pod) {
        var name = pod.getMetadata().getName();
        return Optional.ofNullable(problems.get(name))
                .map(problem -> new Trouble("pod %s is not ready. It says: %s".formatted(name, problem), Kind.PASSING));
    }

    /** A pod that is ready and not heard for long by pods that have listened long enough, where the old pods are or there are none. */
    private Optional<Trouble> silence(Revision wanted, Pod pod, Instant now) {
        var name = pod.getMetadata().getName();
        var hearing = delivering.get(name);
        if (hearing == null || !hearing.missForLong(now) || othersFail(wanted, now)) {
            return Optional.empty();
        }
        if (!readyForLong(pod, now) || listeners(pod).noneMatch(listener -> readyForLong(listener, now))) {
            return Optional.empty();
        }
        return Optional.of(
                new Trouble("test messages of pod %s arrive at no other chat pod.".formatted(name), Kind.CERTAIN));
    }

    /** The other pods that are ready and let in by the same Redis servers, or the pod itself where it is alone. */
    private Stream<Pod> listeners(Pod speaker) {
        var others = pods.stream()
                .filter(pod -> pod != speaker
                        && readySince(pod).isPresent()
                        && redisSecret(pod.getSpec()).equals(redisSecret(speaker.getSpec())))
                .toList();
        return others.isEmpty() ? Stream.of(speaker) : others.stream();
    }

    /** With what pods of this kind are let in by Redis servers; empty where those ask for nothing. */
    public static Optional<String> redisSecret(PodSpec pod) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals("redis") && volume.getSecret() != null)
                .map(volume -> volume.getSecret().getSecretName())
                .findFirst();
    }

    private static boolean readyForLong(Pod pod, Instant now) {
        return readySince(pod)
                .filter(since -> since.plus(Hearing.LONG).isBefore(now))
                .isPresent();
    }

    /** Since when a pod takes traffic; empty where it does not. */
    public static Optional<Instant> readySince(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"))
                .map(condition -> condition.getLastTransitionTime())
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .findFirst();
    }

    private static boolean isOf(Revision revision, Pod pod) {
        return settings(revision.template().getSpec()).equals(settings(pod.getSpec()));
    }

    private static Optional<String> settings(PodSpec pod) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(Revision.VOLUME) && volume.getProjected() != null)
                .flatMap(volume -> volume.getProjected().getSources().stream())
                .filter(source -> source.getConfigMap() != null
                        && source.getConfigMap().getItems().stream()
                                .anyMatch(item -> item.getKey().equals(Revision.PROPERTIES)))
                .map(source -> source.getConfigMap().getName())
                .findFirst();
    }

    private Optional<String> annotation(String name) {
        return Optional.ofNullable(deployment)
                .map(present -> present.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(name));
    }
}
