package io.chatcluster.chat.delivery;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** When somebody looks for what a channel did not bring: from time to time, and soon when something was missed. */
final class NextLook {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final double jitter = ThreadLocalRandom.current().nextDouble();
    private final AtomicBoolean expected = new AtomicBoolean();
    private volatile long lookedAt = System.nanoTime();

    /** One look for all shards, since they come back together. */
    private volatile boolean missed;

    /** Before that, what was missed is not looked for: there was no answer. */
    private volatile long patientUntil = lookedAt;

    /** As {@link Checked#checkDue}. */
    boolean due(long now, long periodNanos) {
        boolean late = now - lookedAt > periodNanos + (long) (periodNanos * jitter);
        return (late || missed && now - patientUntil >= 0) && !expected.get();
    }

    /** The channel did not bring everything. */
    void missed() {
        missed = true;
    }

    /** Looks in the mailbox, unless that is expected already. */
    void soon(Executor mailbox, Runnable look) {
        if (expected.compareAndSet(false, true)) {
            mailbox.execute(() -> {
                // What is missed from now on is for another look.
                expected.set(false);
                missed = false;
                look.run();
            });
        }
    }

    /** There was an answer. */
    void done() {
        lookedAt = System.nanoTime();
    }

    /** There was none. */
    void failed() {
        patientUntil = System.nanoTime() + PATIENCE.toNanos();
        missed = true;
    }
}
