package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.chatcluster.crds.v1alpha1.TableStatus;
import io.chatcluster.operator.aws.AwsCredentials;
import io.chatcluster.operator.aws.Bucket;
import io.chatcluster.operator.aws.Tables;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.metadata.ResourceNames;
import io.chatcluster.operator.plan.Circumstances;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.RedisPlan;
import io.chatcluster.operator.plan.ShardLists;
import io.chatcluster.operator.rollout.ChatPods;
import io.chatcluster.operator.rollout.Hearing;
import io.chatcluster.operator.status.Agreement;
import io.chatcluster.operator.status.MediaObservation;
import io.chatcluster.operator.status.Observation;
import io.chatcluster.operator.status.PodReports;
import io.chatcluster.operator.status.PodState;
import io.chatcluster.operator.status.ShardObservation;
import io.chatcluster.operator.status.StorageObservation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at everything that belongs to a ChatCluster: the cluster's objects, AWS, and the chat pods themselves. */
@ApplicationScoped
public class Observer {
    private final Tables tables;
    private final Bucket bucket;
    private final PodReports reports;

    Observer(Tables tables, Bucket bucket, PodReports reports) {
        this.tables = tables;
        this.bucket = bucket;
        this.reports = reports;
    }

    /** What this visit did, which bears on what it sees. */
    record Visit(boolean paused, @Nullable String writeFailure, Rollouts rollout, Consumer<String> created) {}

    /** Looks at the chat pods, and decides what becomes of them. */
    Rollouts rollout(ChatCluster cluster, ClusterPlan plan, Context<ChatCluster> context) {
        var delivering = pods(cluster, context).stream()
                .filter(PodState::answering)
                .collect(Collectors.toMap(PodState::pod, pod -> new Hearing(pod.heard(), pod.since())));
        var pods = new ChatPods(
                context.getSecondaryResource(Deployment.class).orElse(null),
                chatPods(context).toList(),
                delivering,
                problems(cluster, context));
        var awaited = shards(plan, context).stream()
                .filter(shard -> !shard.ready())
                .map(ShardObservation::name)
                .toList();
        return Rollouts.of(cluster, plan, pods, context.getSecondaryResources(ConfigMap.class), awaited, Instant.now());
    }

    Observation observe(ChatCluster cluster, ClusterPlan plan, Context<ChatCluster> context, Visit visit) {
        var secrets = Secrets.of(cluster, context);
        var credentials = secrets.awsCredentials();
        return new Observation(
                visit.paused(),
                visit.writeFailure(),
                secrets.problem(plan.secrets()),
                credentials == null ? null : storage(cluster.getStatus(), plan, credentials, visit),
                credentials == null ? null : media(cluster.getStatus(), plan, credentials, visit),
                context.getSecondaryResource(Deployment.class)
                        .map(deployment -> RolloutReading.of(deployment, visit.rollout()))
                        .orElse(null),
                AutoscalerReading.of(plan, context),
                RouteReading.of(plan, context),
                shards(plan, context),
                pods(cluster, context));
    }

    /** What the next plan depends on besides the spec. */
    Circumstances circumstances(ChatCluster cluster, Context<ChatCluster> context) {
        var now = Instant.now();
        var any = chatPods(context).findAny().isPresent();
        var aside = runtimePods(context).anyMatch(pod -> PodsAside.isAside(pod, now));
        return new Circumstances(
                Secrets.of(cluster, context).contents(),
                Agreement.of(pods(cluster, context), any, aside),
                shardLists(cluster, context),
                RedisReading.of(cluster, context, runtimePods(context), now),
                now);
    }

    private static @Nullable String shardLists(ChatCluster cluster, Context<ChatCluster> context) {
        var names = ResourceNames.of(cluster);
        return context.getSecondaryResourcesAsStream(ConfigMap.class)
                .filter(map -> map.getMetadata().getName().equals(names.shardLists()))
                .findFirst()
                .map(map -> map.getData().get(ShardLists.FILE))
                .orElse(null);
    }

    private StorageObservation storage(
            @Nullable ChatClusterStatus last, ClusterPlan plan, AwsCredentials credentials, Visit visit) {
        var storage = last == null ? null : last.storage();
        var seen = storage == null || storage.tables() == null ? List.<TableStatus>of() : storage.tables();
        var established = seen.stream()
                .filter(table -> Boolean.TRUE.equals(table.established()))
                .map(TableStatus::name)
                .collect(Collectors.toSet());
        return tables.reconcile(
                plan.storage(),
                credentials,
                established,
                !visit.paused(),
                table -> visit.created().accept("Made DynamoDB table " + table));
    }

    private @Nullable MediaObservation media(
            @Nullable ChatClusterStatus last, ClusterPlan plan, AwsCredentials credentials, Visit visit) {
        var media = plan.media();
        if (media == null) {
            return null;
        }
        var before = last == null ? null : last.media();
        var established =
                before != null && media.bucket().equals(before.bucket()) && Boolean.TRUE.equals(before.established());
        return bucket.reconcile(
                media,
                credentials,
                established,
                !visit.paused(),
                name -> visit.created().accept("Made S3 bucket " + name));
    }

    private static List<ShardObservation> shards(ClusterPlan plan, Context<ChatCluster> context) {
        var ready = context.getSecondaryResourcesAsStream(StatefulSet.class)
                .filter(Observer::isReady)
                .map(shard -> shard.getMetadata().getName())
                .collect(Collectors.toSet());
        return switch (plan.redis()) {
            case RedisPlan.Managed managed ->
                IntStream.range(0, managed.shards())
                        .mapToObj(shard -> plan.names().redisShard(shard))
                        .map(name -> new ShardObservation(name, ready.contains(name)))
                        .toList();
            case RedisPlan.External external -> List.of();
        };
    }

    private static boolean isReady(StatefulSet shard) {
        var status = shard.getStatus();
        return status != null
                && Objects.equals(shard.getMetadata().getGeneration(), status.getObservedGeneration())
                && number(status.getReadyReplicas()) == number(shard.getSpec().getReplicas())
                && Objects.equals(status.getCurrentRevision(), status.getUpdateRevision());
    }

    private List<PodState> pods(ChatCluster cluster, Context<ChatCluster> context) {
        var ready = targets(context, Readiness::isPodReady);
        return reports.watch(ResourceID.fromResource(cluster), ready);
    }

    private Map<String, String> problems(ChatCluster cluster, Context<ChatCluster> context) {
        var unready = targets(context, pod -> !Readiness.isPodReady(pod) && isRunning(pod));
        return reports.problems(ResourceID.fromResource(cluster), unready);
    }

    private static boolean isRunning(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getPodIP() != null
                && pod.getStatus().getContainerStatuses().stream()
                        .anyMatch(container -> container.getState() != null
                                && container.getState().getRunning() != null);
    }

    private static List<PodReports.Target> targets(Context<ChatCluster> context, Predicate<Pod> asked) {
        return chatPods(context)
                .filter(asked)
                .map(pod -> new PodReports.Target(
                        pod.getMetadata().getName(),
                        pod.getStatus().getPodIP(),
                        PodReports.Target.MANAGEMENT_PORT,
                        pod.getMetadata().getLabels(),
                        ChatPods.redisSecret(pod.getSpec()).orElse(null),
                        ChatPods.readySince(pod).orElse(null)))
                .toList();
    }

    private static Stream<Pod> chatPods(Context<ChatCluster> context) {
        return runtimePods(context).filter(pod -> pod.getMetadata().getDeletionTimestamp() == null);
    }

    private static Stream<Pod> runtimePods(Context<ChatCluster> context) {
        return context.getSecondaryResourcesAsStream(Pod.class)
                .filter(pod -> Component.RUNTIME
                        .value()
                        .equals(pod.getMetadata().getLabels().get(Labels.COMPONENT)));
    }

    private static int number(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
