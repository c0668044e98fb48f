package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.chatcluster.crds.v1alpha1.ConditionType;
import io.chatcluster.crds.v1alpha1.MediaStatus;
import io.chatcluster.crds.v1alpha1.RedisStatus;
import io.chatcluster.crds.v1alpha1.StorageStatus;
import io.chatcluster.crds.v1alpha1.TableStatus;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Planning;
import io.chatcluster.operator.plan.RedisPlan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts a ChatCluster's new status together from the last one and from what was seen. */
public final class StatusAssembler {
    private static final ChatClusterStatus NONE =
            new ChatClusterStatus(null, null, null, null, null, null, null, null, null, null, null, null, null);

    private StatusAssembler() {}

    public static ChatClusterStatus assemble(
            @Nullable ChatClusterStatus last, ClusterPlan plan, Observation seen, long generation, Instant now) {
        var previous = last == null ? NONE : last;
        var verdicts = Conditions.assess(plan, seen);
        var conditions = Conditions.merge(
                Objects.requireNonNullElse(previous.conditions(), List.of()), verdicts, generation, now);
        var delivering = Objects.requireNonNull(verdicts.get(ConditionType.DELIVERING));
        var rollout = seen.rollout();
        return new ChatClusterStatus(
                generation,
                conditions,
                rollout == null ? 0 : rollout.replicas(),
                rollout == null ? 0 : rollout.ready(),
                connections(seen.pods()),
                plan.endpoint(),
                Labels.format(plan.chatSelector()),
                plan.installation().version(),
                new StorageStatus(tables(previous.storage(), seen.storage())),
                media(previous.media(), plan, seen.media()),
                new RedisStatus(plan.redis().addresses().size(), readyShards(plan, seen)),
                latency(seen.pods()),
                lastGood(previous, plan, rollout, delivering));
    }

    /** What pods can do is all that counts of them: what else is not Ready, another revision would not mend. */
    private static @Nullable String lastGood(
            ChatClusterStatus previous, ClusterPlan plan, @Nullable RolloutObservation rollout, Verdict delivering) {
        return rollout != null && rollout.complete(plan) && delivering.isTrue()
                ? rollout.wanted()
                : previous.lastGoodRevision();
    }

    public static ChatClusterStatus assemble(
            @Nullable ChatClusterStatus last, Planning.Refused refused, long generation, Instant now) {
        return withConditions(last, Conditions.refused(refused), generation, now);
    }

    public static ChatClusterStatus assemble(
            @Nullable ChatClusterStatus last, Deletion.Unfinished deletion, long generation, Instant now) {
        return withConditions(last, Conditions.deleting(deletion), generation, now);
    }

    public static ChatClusterStatus assemble(
            @Nullable ChatClusterStatus last, Exception failure, long generation, Instant now) {
        return withConditions(last, Conditions.failed(failure), generation, now);
    }

    private static ChatClusterStatus withConditions(
            @Nullable ChatClusterStatus last, Map<ConditionType, Verdict> verdicts, long generation, Instant now) {
        var previous = last == null ? NONE : last;
        var conditions = Conditions.merge(
                Objects.requireNonNullElse(previous.conditions(), List.of()), verdicts, generation, now);
        return new ChatClusterStatus(
                generation,
                conditions,
                previous.replicas(),
                previous.readyReplicas(),
                previous.connections(),
                previous.endpoint(),
                previous.selector(),
                previous.version(),
                previous.storage(),
                previous.media(),
                previous.redis(),
                previous.canaryLatencyMillis(),
                previous.lastGoodRevision());
    }

    /** Of servers that somebody else runs, those count that every chat pod is told of and connected to. */
    private static int readyShards(ClusterPlan plan, Observation seen) {
        return switch (plan.redis()) {
            case RedisPlan.Managed managed ->
                (int) seen.shards().stream().filter(ShardObservation::ready).count();
            case RedisPlan.External external -> {
                var answering = seen.pods().stream().filter(PodState::answering).toList();
                yield (int) external.addresses().stream()
                        .filter(seen.redis(plan)::names)
                        .filter(address -> !answering.isEmpty()
                                && answering.stream()
                                        .noneMatch(pod -> pod.disconnected().contains(address)))
                        .count();
            }
        };
    }

    private static @Nullable Integer connections(List<PodState> pods) {
        var answering = pods.stream().filter(PodState::answering).toList();
        return answering.isEmpty()
                ? null
                : answering.stream().mapToInt(PodState::connections).sum();
    }

    private static @Nullable Integer latency(List<PodState> pods) {
        return pods.stream()
                .map(PodState::latencyMillis)
                .filter(Objects::nonNull)
                .max(Integer::compare)
                .orElse(null);
    }

    /** Tables that could not be described this time stay as they were: what was once ACTIVE must not be forgotten. */
    private static List<TableStatus> tables(@Nullable StorageStatus previous, @Nullable StorageObservation seen) {
        var tables = new LinkedHashMap<String, TableStatus>();
        if (previous != null && previous.tables() != null) {
            previous.tables().forEach(table -> tables.put(table.name(), table));
        }
        if (seen != null) {
            seen.tables().forEach(table -> tables.put(table.name(), table));
        }
        return List.copyOf(tables.values());
    }

    private static @Nullable MediaStatus media(
            @Nullable MediaStatus previous, ClusterPlan plan, @Nullable MediaObservation seen) {
        if (plan.media() == null) {
            return null;
        }
        var bucket = plan.media().bucket();
        var before =
                previous != null && bucket.equals(previous.bucket()) && Boolean.TRUE.equals(previous.established());
        return new MediaStatus(
                bucket,
                before || (seen != null && seen.established()) ? true : null,
                plan.media().provisioning());
    }
}
