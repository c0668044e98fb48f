package io.chatcluster.chat.operations;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds off what fails again and again: opens with so many failures in a row, for a while, and again with each that follows. */
final class CircuitBreaker {

    private final int failuresMax;
    private final Duration pause;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long openUntil = System.nanoTime();

    /**
     * @param failuresMax how many in a row open it
     * @param pause how long it stays open
     */
    CircuitBreaker(int failuresMax, Duration pause) {
        this.failuresMax = failuresMax;
        this.pause = pause;
    }

    /** Whether it is not to be tried now. */
    boolean open() {
        return failures.get() >= failuresMax && openUntil - System.nanoTime() > 0;
    }

    void succeeded() {
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    /** True when this is the one that opens it, after a success. */
    boolean failed() {
        int inARow = failures.incrementAndGet();
        if (inARow >= failuresMax) {
            openUntil = System.nanoTime() + pause.toNanos();
        }
        return inARow == failuresMax;
    }
}
