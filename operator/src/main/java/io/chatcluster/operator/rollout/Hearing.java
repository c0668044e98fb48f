package io.chatcluster.operator.rollout;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a pod's test messages arrive at another.
 *
 * @param arrive whether they do
 * @param since since when that is known to be so: what is known begins anew with the operator
 */
public record Hearing(boolean arrive, Instant since) {
    /**
     * Pods are heard again one after the other where they all were not: their test messages come 5 s apart, they wait up to 5 s
     * until they try a store or a server again, and reports are asked for every 10 s.
     */
    static final Duration LONG = Duration.ofSeconds(25);

    boolean arriveForLong(Instant now) {
        return arrive && lastsLong(now);
    }

    boolean missForLong(Instant now) {
        return !arrive && lastsLong(now);
    }

    private boolean lastsLong(Instant now) {
        return since.plus(LONG).isBefore(now);
    }
}
