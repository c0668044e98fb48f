package io.chatcluster.chat.operations;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Lets one at a time work on what is in a queue, and nothing wait there while nobody does. Whoever adds something calls
 * {@link #wake} after it; whoever is at work takes until nothing is left, and then calls {@link #end}. What is written at work is
 * seen by the next who is.
 */
public final class WorkInProgress {
    private final AtomicBoolean underWay = new AtomicBoolean();
    private final BooleanSupplier more;
    private final Runnable start;

    /**
     * @param more whether there is something to work on
     * @param start begins to work, which has to end some time, on any thread
     */
    public WorkInProgress(BooleanSupplier more, Runnable start) {
        this.more = more;
        this.start = start;
    }

    /** Starts the work unless it is under way. */
    public void wake() {
        if (begin()) {
            start.run();
        }
    }

    /** Whether it is the caller's own to work from now on; otherwise it is under way. */
    public boolean begin() {
        return underWay.compareAndSet(false, true);
    }

    /** The caller does not work any more. */
    public void end() {
        underWay.set(false);
        // What was added after the last look and before that woke nobody.
        if (more.getAsBoolean()) {
            wake();
        }
    }

    public boolean underWay() {
        return underWay.get();
    }
}
