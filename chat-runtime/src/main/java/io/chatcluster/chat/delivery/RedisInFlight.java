package io.chatcluster.chat.delivery;

import java.util.concurrent.atomic.AtomicLong;

/** Payload characters that wait for a node's answer: beyond the limit, publishing would only fill the memory. */
final class RedisInFlight {

    private static final long MAX = 32L * 1024 * 1024;

    private final AtomicLong characters = new AtomicLong();

    /** Returns whether there is room for them, and takes it. */
    boolean take(int count) {
        if (characters.addAndGet(count) <= MAX) {
            return true;
        }
        giveBack(count);
        return false;
    }

    void giveBack(int count) {
        characters.addAndGet(-count);
    }
}
