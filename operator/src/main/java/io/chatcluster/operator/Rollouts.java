package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.dependent.ChatTemplate;
import io.chatcluster.operator.dependent.Target;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.rollout.ChatPods;
import io.chatcluster.operator.rollout.Failure;
import io.chatcluster.operator.rollout.Revision;
import io.chatcluster.operator.rollout.Rollout;
import io.chatcluster.operator.rollout.Situation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of the chat pods of one ChatCluster, and what its objects need to know of that. */
record Rollouts(Revision wanted, Rollout outcome, Target target) {

    /**
     * Decides.
     *
     * @param kept the ConfigMaps that keep revisions
     */
    static Rollouts of(ChatCluster cluster, ClusterPlan plan, ChatPods pods, Collection<ConfigMap> kept, Instant now) {
        var wanted = ChatTemplate.revision(plan);
        var lastGood = lastGood(cluster, pods)
                .flatMap(id -> kept.stream()
                        .filter(candidate -> Revision.isKeptIn(candidate)
                                && candidate
                                        .getMetadata()
                                        .getName()
                                        .equals(plan.names().chatConfig(id)))
                        .findFirst()
                        .map(found -> Revision.read(id, found)))
                .orElse(null);
        var situation = new Situation(
                wanted,
                lastGood,
                pods.running().orElse(null),
                pods.failure().orElse(null),
                pods.trouble(wanted, now).orElse(null),
                pods.othersFail(wanted),
                plan.chat().automaticRollback());
        var outcome = situation.decide();
        var needed = new HashSet<>(pods.mounted());
        if (lastGood != null) {
            needed.add(plan.names().chatConfig(lastGood.id()));
        }
        return new Rollouts(wanted, outcome, new Target(outcome.revision(), failure(outcome), needed));
    }

    /** Where the status was lost, what was gone back to is good. */
    private static Optional<String> lastGood(ChatCluster cluster, ChatPods pods) {
        var status = cluster.getStatus();
        return Optional.ofNullable(status == null ? null : status.lastGoodRevision())
                .or(() -> pods.failure().flatMap(failure -> pods.running()));
    }

    private static @Nullable Failure failure(Rollout outcome) {
        return switch (outcome) {
            case Rollout.Pursue pursue -> null;
            case Rollout.StandStill standStill -> null;
            case Rollout.GiveUp giveUp -> giveUp.failure();
            case Rollout.StayBack stayBack -> stayBack.failure();
        };
    }
}
