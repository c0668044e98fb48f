package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.chatcluster.operator.dependent.ChatTemplate;
import io.chatcluster.operator.dependent.Target;
import io.chatcluster.operator.metadata.ResourceNames;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.rollout.ChatPods;
import io.chatcluster.operator.rollout.Failure;
import io.chatcluster.operator.rollout.Revision;
import io.chatcluster.operator.rollout.Rollout;
import io.chatcluster.operator.rollout.Situation;
import io.chatcluster.operator.rollout.Trouble;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the chat pods of one ChatCluster, and what its objects need to know of that.
 *
 * @param trouble what keeps the pods that there are to be from coming up; absent where nothing does
 */
record Rollouts(
        Revision wanted,
        Rollout outcome,
        Target target,
        @Nullable Trouble trouble) {

    /**
     * Decides.
     *
     * @param kept the ConfigMaps that keep revisions
     * @param awaited names of the planned Redis servers that do not serve
     */
    static Rollouts of(
            ChatCluster cluster,
            ClusterPlan plan,
            ChatPods pods,
            Collection<ConfigMap> kept,
            List<String> awaited,
            Instant now) {
        var wanted = ChatTemplate.revision(plan);
        // Where the status was lost, what was gone back to is good.
        var lastGood = lastGood(cluster)
                .or(() -> pods.failure().flatMap(failure -> pods.running()))
                .flatMap(id -> read(id, plan.names(), kept))
                .orElse(null);
        var trouble = pods.trouble(wanted, now).orElse(null);
        var situation = new Situation(
                wanted,
                lastGood,
                pods.running().orElse(null),
                pods.failure().orElse(null),
                trouble,
                pods.othersFail(wanted, now),
                plan.chat().automaticRollback());
        var outcome = held(situation.decide(), plan, pods, awaited, kept);
        var needed = new HashSet<>(pods.mounted());
        if (lastGood != null) {
            needed.add(plan.names().chatConfig(lastGood.id()));
        }
        return new Rollouts(
                wanted,
                outcome,
                new Target(outcome.revision(), outcome.planned(), failure(outcome), needed),
                outcome.planned()
                        ? trouble
                        : pods.trouble(outcome.revision(), now).orElse(null));
    }

    /** Pods that somebody else's Redis servers let in are not replaced before those that let in the new ones serve. */
    private static Rollout held(
            Rollout decided, ClusterPlan plan, ChatPods pods, List<String> awaited, Collection<ConfigMap> kept) {
        var others = Optional.ofNullable(pods.deployment())
                .map(deployment -> deployment.getSpec().getTemplate().getSpec())
                .filter(pod -> !RedisReading.isForManaged(pod, plan.names()));
        if (!(decided instanceof Rollout.Pursue) || awaited.isEmpty() || others.isEmpty()) {
            return decided;
        }
        return pods.running()
                .flatMap(id -> read(id, plan.names(), kept))
                .<Rollout>map(running -> new Rollout.Hold(
                        running,
                        "the Redis servers %s answer; those there are go on with spec.redis.external as it was."
                                .formatted(String.join(", ", awaited))))
                .orElse(decided);
    }

    static Optional<Revision> read(String id, ResourceNames names, Collection<ConfigMap> kept) {
        return kept.stream()
                .filter(candidate -> Revision.isKeptIn(candidate)
                        && candidate.getMetadata().getName().equals(names.chatConfig(id)))
                .findFirst()
                .flatMap(found -> Revision.read(id, found));
    }

    static Optional<String> lastGood(ChatCluster cluster) {
        return Optional.ofNullable(cluster.getStatus()).map(ChatClusterStatus::lastGoodRevision);
    }

    private static @Nullable Failure failure(Rollout outcome) {
        return switch (outcome) {
            case Rollout.Pursue pursue -> null;
            case Rollout.Hold hold -> null;
            case Rollout.StandStill standStill -> null;
            case Rollout.GiveUp giveUp -> giveUp.failure();
            case Rollout.StayBack stayBack -> stayBack.failure();
        };
    }
}
