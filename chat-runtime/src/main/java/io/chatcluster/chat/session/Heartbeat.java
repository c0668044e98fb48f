package io.chatcluster.chat.session;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** When a client was last heard, and when it is to be asked whether it is still there. */
final class Heartbeat {

    // Clients that came at the same moment are not all asked at once.
    private static final double EARLIEST_SHARE = 0.75;
    private static final double LATEST_SHARE = 0.95;

    private final long interval;
    private final long patience;
    private final long began = System.nanoTime();
    private volatile long heardAt = began;
    // For the one who asks.
    private long pingedAt = began;

    /** @param interval of silence, before the end of which the client is pinged; after two it is taken to be gone */
    Heartbeat(Duration interval) {
        this.interval = interval.toNanos();
        this.patience = (long) (this.interval * ThreadLocalRandom.current().nextDouble(EARLIEST_SHARE, LATEST_SHARE));
    }

    /** Notes a sign of life. */
    void heard(long nanoTime) {
        heardAt = nanoTime;
    }

    /** Nanoseconds since the client came. */
    long age(long nanoTime) {
        return nanoTime - began;
    }

    boolean isLost(long nanoTime) {
        return nanoTime - heardAt > 2 * interval;
    }

    /** Whether it is time for a ping: true once for each. Called by one thread at a time. */
    boolean pingDue(long nanoTime) {
        boolean due = nanoTime - heardAt > patience && nanoTime - pingedAt > patience;
        if (due) {
            pingedAt = nanoTime;
        }
        return due;
    }
}
