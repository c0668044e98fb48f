package io.chatcluster.chat.delivery;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** When somebody looks for what a channel did not bring: from time to time, and soon when something was missed. */
final class NextLook {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** So many looks in a row are shared with others, before one that finds what those cannot. */
    static final int SHARED_MAX = 30;

    private final double jitter = ThreadLocalRandom.current().nextDouble();
    private final AtomicBoolean expected = new AtomicBoolean();
    private volatile long lookedAt = System.nanoTime();

    /** One look for all shards, since they come back together. */
    private volatile boolean missed;

    private final AtomicInteger shared = new AtomicInteger();

    /** Before that, what was missed is not looked for: there was no answer. */
    private volatile long patientUntil = lookedAt;

    /**
     * Whether the last look is longer ago than between one and two times the period, or something was missed, and no look is
     * expected.
     */
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
            shared.set(0);
            mailbox.execute(() -> {
                // What is missed from now on is for another look.
                expected.set(false);
                missed = false;
                look.run();
            });
        }
    }

    /**
     * Begins a look that is shared with others, unless one is expected already or it is time for one of its own; to be
     * {@link #ended}.
     */
    boolean share() {
        if (shared.get() >= SHARED_MAX || !expected.compareAndSet(false, true)) {
            return false;
        }
        shared.incrementAndGet();
        missed = false;
        return true;
    }

    /** The look that was shared is over. */
    void ended(boolean answered) {
        expected.set(false);
        if (answered) {
            done();
        } else {
            failed();
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
