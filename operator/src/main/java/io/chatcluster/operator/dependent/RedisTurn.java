package io.chatcluster.operator.dependent;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to become what its template says: one server after the other, each once all others serve, for every room
 * is on two. One that does not serve has nothing to wait for.
 */
final class RedisTurn {
    private RedisTurn() {}

    /** Name of a server; absent where none is to be replaced now. */
    static Optional<String> of(List<StatefulSet> live) {
        var outdated = live.stream()
                .filter(RedisTurn::isOutdated)
                .sorted(Comparator.comparing(shard -> shard.getMetadata().getName()))
                .toList();
        return outdated.stream()
                .filter(shard -> live.stream().allMatch(other -> other == shard || serves(other)))
                .findFirst()
                .or(() -> outdated.stream().filter(shard -> !serves(shard)).findFirst())
                .map(shard -> shard.getMetadata().getName());
    }

    /** After a change that was taken back before it was through the revisions are the same, and the pod is of another. */
    private static boolean isOutdated(StatefulSet shard) {
        var status = shard.getStatus();
        return status != null
                && (!Objects.equals(status.getCurrentRevision(), status.getUpdateRevision())
                        || number(status.getReplicas()) > number(status.getUpdatedReplicas()));
    }

    private static boolean serves(StatefulSet shard) {
        return shard.getStatus() != null && number(shard.getStatus().getAvailableReplicas()) > 0;
    }

    private static int number(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
