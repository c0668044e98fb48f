package io.chatcluster.operator.status;

import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.ShardLists;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one visit saw of a ChatCluster whose spec can be carried out.
 *
 * @param paused whether nothing was written because of the annotation
 * @param writeFailure what kept an object from being written; absent where all were
 * @param secrets what is wrong with a Secret; absent where nothing is
 * @param storage absent where it was not looked at for want of credentials
 * @param media absent where it was not looked at, or none is planned
 * @param rollout the chat Deployment; absent where there is none
 * @param autoscaler absent where there is none, or nothing has looked at it yet
 * @param route absent where none is planned, or it is not there
 * @param shards the Redis servers that the operator runs
 * @param pods the chat pods that take traffic, as they answer for themselves
 */
public record Observation(
        boolean paused,
        @Nullable String writeFailure,
        @Nullable Problem secrets,
        @Nullable StorageObservation storage,
        @Nullable MediaObservation media,
        @Nullable RolloutObservation rollout,
        @Nullable AutoscalerObservation autoscaler,
        @Nullable RouteObservation route,
        List<ShardObservation> shards,
        List<PodState> pods) {

    /** The Redis servers as chat pods are told of them. */
    ShardLists redis(ClusterPlan plan) {
        var lists = plan.redis().lists();
        return rollout != null && (rollout.rolledBack() != null || rollout.held()) ? lists.ofPodsThereAre() : lists;
    }

    /** Whether AWS is busy with something, of which it does not tell when it is done. */
    public boolean passing() {
        return Stream.of(storage == null ? null : storage.problem(), media == null ? null : media.problem())
                .anyMatch(problem -> problem != null && problem.passing());
    }
}
