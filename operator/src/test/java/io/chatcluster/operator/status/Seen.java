package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.crds.v1alpha1.TableStatus;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.TakenUp;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Observations, each of a chat service that is as planned but for what the test says. */
final class Seen {
    static final Problem LASTING = Problem.lasting(ConditionReason.AWS_DENIED, "Denied. Check spec.aws.");
    static final Problem PASSING = Problem.passing(ConditionReason.TABLES_CREATING, "Being made.");

    /** The revision that the plan wants. */
    static final String WANTED = "975b4447bdf7fef3";

    private boolean paused;
    private @Nullable String writeFailure;
    private @Nullable Problem secrets;
    private @Nullable StorageObservation storage =
            new StorageObservation(List.of(new TableStatus("shop-demo-messages", "ACTIVE", true)), null);
    private @Nullable MediaObservation media = new MediaObservation("pictures", true, List.of(), null);
    private @Nullable RolloutObservation rollout;
    private @Nullable AutoscalerObservation autoscaler;
    private @Nullable RouteObservation route;
    private List<ShardObservation> shards;
    private List<PodState> pods = List.of(pod("a"), pod("b"));

    private Seen(ClusterPlan plan) {
        this.rollout = rollout(WANTED, 2, 2, 2, null);
        this.shards = IntStream.range(0, plan.redis().addresses().size())
                .mapToObj(shard -> new ShardObservation("demo-redis-" + shard, true))
                .toList();
    }

    static Seen of(ClusterPlan plan) {
        return new Seen(plan);
    }

    static PodState pod(String name) {
        return new PodState(name, true, 10, List.of(), true, Instant.EPOCH, 250, null, TakenUp.NOTHING);
    }

    static RolloutObservation rollout(String revision, int desired, int updated, int ready, @Nullable String stuck) {
        return new RolloutObservation(
                WANTED, revision, true, desired, desired, updated, ready, ready, stuck, null, null);
    }

    Seen paused() {
        paused = true;
        return this;
    }

    Seen writeFailure(String failure) {
        writeFailure = failure;
        return this;
    }

    Seen secrets(Problem problem) {
        secrets = problem;
        return this;
    }

    Seen storage(@Nullable Problem problem) {
        storage = new StorageObservation(List.of(), problem);
        return this;
    }

    Seen noAws() {
        storage = null;
        media = null;
        return this;
    }

    Seen media(Problem problem) {
        media = new MediaObservation("pictures", true, List.of(), problem);
        return this;
    }

    Seen rollout(@Nullable RolloutObservation observation) {
        rollout = observation;
        return this;
    }

    Seen rollout(int desired, int updated, int ready) {
        return rollout(rollout(WANTED, desired, updated, ready, null));
    }

    Seen autoscaler(AutoscalerObservation observation) {
        autoscaler = observation;
        return this;
    }

    Seen route(RouteObservation observation) {
        route = observation;
        return this;
    }

    Seen shards(ShardObservation... observations) {
        shards = List.of(observations);
        return this;
    }

    Seen pods(PodState... states) {
        pods = List.of(states);
        return this;
    }

    Observation build() {
        return new Observation(paused, writeFailure, secrets, storage, media, rollout, autoscaler, route, shards, pods);
    }
}
