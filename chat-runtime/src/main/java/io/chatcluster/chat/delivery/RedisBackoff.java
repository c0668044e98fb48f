package io.chatcluster.chat.delivery;

import java.util.concurrent.ThreadLocalRandom;

/** How long to wait between attempts to connect: ever longer, and never all pods at once. Not for several threads. */
final class RedisBackoff {

    private static final long MIN_MILLIS = 100;
    private static final long MAX_MILLIS = 3_000;
    private static final int DOUBLINGS_MAX = 10;

    private int failures;

    void reset() {
        failures = 0;
    }

    /** Returns whether it is the first failure in a row. */
    boolean failed() {
        return failures++ == 0;
    }

    long delayMillis() {
        long ceiling = Math.min(MAX_MILLIS, MIN_MILLIS << Math.min(failures, DOUBLINGS_MAX));
        return ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1);
    }
}
