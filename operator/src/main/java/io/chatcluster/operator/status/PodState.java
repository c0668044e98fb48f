package io.chatcluster.operator.status;

import io.chatcluster.operator.plan.TakenUp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat pod that takes traffic, as it and the others answer. Coarse on purpose: a quiet chat service keeps the same state.
 *
 * @param answering whether the pod answered lately; the rest means nothing where it did not
 * @param disconnected Redis servers that the pod has no connection to
 * @param heard whether another pod got this pod's canary lately, or the pod itself where it is the only one
 * @param since since when {@code heard} is known to be so
 * @param latencyMillis upper bound of the range that the slowest of those deliveries fell in
 * @param canaryError why the pod could not send its last canary
 * @param takenUp what it has read of what the operator gave it
 */
public record PodState(
        String pod,
        boolean answering,
        int connections,
        List<String> disconnected,
        boolean heard,
        Instant since,
        @Nullable Integer latencyMillis,
        @Nullable String canaryError,
        TakenUp takenUp) {

    static PodState silent(String pod, Instant since) {
        return new PodState(pod, false, 0, List.of(), false, since, null, null, TakenUp.NOTHING);
    }

    /** The same after what was known before, which may have been so for longer. */
    PodState after(@Nullable PodState before) {
        return before == null || before.answering != answering || before.heard != heard
                ? this
                : new PodState(
                        pod,
                        answering,
                        connections,
                        disconnected,
                        heard,
                        before.since,
                        latencyMillis,
                        canaryError,
                        takenUp);
    }
}
