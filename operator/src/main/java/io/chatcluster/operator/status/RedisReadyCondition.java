package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.ShardLists;
import java.util.stream.Collectors;

/** Whether every Redis server runs and every chat pod is connected to it. */
final class RedisReadyCondition {
    private RedisReadyCondition() {}

    static Verdict assess(ClusterPlan plan, Observation seen) {
        var down = seen.shards().stream()
                .filter(shard -> !shard.ready())
                .map(ShardObservation::name)
                .collect(Collectors.joining(", "));
        if (!down.isEmpty()) {
            return Verdict.no(
                    ConditionReason.SHARDS_NOT_READY,
                    "Not ready: %s. %s Look at the pods of these StatefulSets, and delete one that stays as it was after a change."
                            .formatted(
                                    down,
                                    seen.rollout() != null && seen.rollout().held()
                                            ? "Chat pods go on with the former Redis servers."
                                            : "Messages still arrive, perhaps later."));
        }
        var lists = seen.redis(plan);
        var disconnected = seen.pods().stream()
                .filter(pod -> !reaches(lists, pod))
                .map(pod -> pod.pod() + " to " + String.join(" and ", pod.disconnected()))
                .collect(Collectors.joining(", "));
        if (!disconnected.isEmpty()) {
            return Verdict.no(ConditionReason.SHARDS_UNREACHABLE, "Not connected: %s.".formatted(disconnected));
        }
        var answering = seen.pods().stream().filter(PodState::answering).count();
        if (answering == 0) {
            return Verdict.unknown("No chat pod says whether it is connected to Redis.");
        }
        if (lists.replacing()) {
            return Verdict.yes(
                    ConditionReason.SHARDS_CHANGING,
                    "Each chat pod uses the Redis servers that it was made for, the former ones or those of the spec, until the last pod for the former is replaced: %s. What one of a kind says comes to the others up to a second later."
                            .formatted(String.join(" -> ", lists.lists())));
        }
        if (lists.changing()) {
            return Verdict.yes(
                    ConditionReason.SHARDS_CHANGING,
                    "Chat pods use the former Redis servers and the new ones, until each of them hears both: %s."
                            .formatted(String.join(" -> ", lists.lists())));
        }
        return Verdict.yes(
                ConditionReason.SHARDS_READY,
                "%d Redis servers answer %s."
                        .formatted(
                                lists.servers(),
                                answering == seen.pods().size()
                                        ? "every chat pod"
                                        : "%d of %d chat pods; the others do not say"
                                                .formatted(
                                                        answering, seen.pods().size())));
    }

    /** While servers of one kind replace those of the other, either let in some of the pods. */
    private static boolean reaches(ShardLists lists, PodState pod) {
        return lists.replacing()
                ? lists.anyReached(pod.disconnected())
                : pod.disconnected().isEmpty();
    }
}
