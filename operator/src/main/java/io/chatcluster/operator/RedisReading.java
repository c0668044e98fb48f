package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.metadata.ResourceNames;
import io.chatcluster.operator.plan.RedisFound;
import io.chatcluster.operator.rollout.ChatPods;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads off chat pods, and off what they may become again, whose Redis servers they were made for. */
final class RedisReading {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private RedisReading() {}

    /** @param pods all chat pods, also such as have been told to go: those have clients yet */
    static RedisFound of(ChatCluster cluster, Context<ChatCluster> context, Stream<Pod> pods, Instant now) {
        var names = ResourceNames.of(cluster);
        var shards = context.getSecondaryResources(StatefulSet.class);
        var deployment = context.getSecondaryResource(Deployment.class);
        // Nearly always the one that runs, which need not be read again.
        var lastGood = Rollouts.lastGood(cluster)
                .filter(id -> deployment
                        .map(found -> found.getMetadata().getAnnotations())
                        .filter(annotations -> id.equals(annotations.get(Annotations.REVISION)))
                        .isEmpty())
                .flatMap(id -> Rollouts.read(id, names, context.getSecondaryResources(ConfigMap.class)));
        var used = Stream.of(
                        pods.filter(pod -> isThere(pod, now)).map(Pod::getSpec),
                        deployment.map(found -> found.getSpec().getTemplate().getSpec()).stream(),
                        // It may be gone back to until another is.
                        lastGood.map(revision -> revision.template().getSpec()).stream())
                .flatMap(specs -> specs)
                .map(pod -> isForManaged(pod, names))
                .collect(Collectors.toSet());
        var resources = shards.stream()
                .findFirst()
                .map(shard -> shard.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getResources());
        return new RedisFound(shards.size(), resources.orElse(null), used.contains(true), used.contains(false));
    }

    /** Whether pods of this kind are let in by the operator's servers. */
    static boolean isForManaged(PodSpec pod, ResourceNames names) {
        return ChatPods.redisSecret(pod).filter(names.redisAuth()::equals).isPresent();
    }

    /** Of a lost node's pods it is never heard that they ended. */
    private static boolean isThere(Pod pod, Instant now) {
        var status = Optional.ofNullable(pod.getStatus());
        var end = pod.getMetadata().getDeletionTimestamp();
        return status.map(found -> found.getPhase()).filter(ENDED::contains).isEmpty()
                && (end == null || Instant.parse(end).isAfter(now));
    }
}
