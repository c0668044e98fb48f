package io.chatcluster.chat.operations;

import java.util.Arrays;

/** How long the newest canaries of one pod took. */
final class Latencies {
    private final long[] millis;
    private int count;
    private long lastSent = Long.MIN_VALUE;
    private long lastAt;

    /** @param kept how many are kept, at least 1 */
    Latencies(int kept) {
        millis = new long[kept];
    }

    /**
     * Takes up a canary, unless it or a later one has been taken up already.
     *
     * @param sent when it was sent, on the sender's clock
     * @param at when it was heard, on this pod's clock
     * @return whether it was taken up
     */
    synchronized boolean add(long sent, long at, long took) {
        if (sent <= lastSent) {
            return false;
        }
        lastSent = sent;
        lastAt = at;
        millis[count % millis.length] = took;
        count++;
        return true;
    }

    synchronized long lastAt() {
        return lastAt;
    }

    /** The median of what is kept, the lower of two; 0 while nothing is. */
    synchronized long median() {
        int kept = Math.min(count, millis.length);
        var sorted = Arrays.copyOf(millis, kept);
        Arrays.sort(sorted);
        return kept == 0 ? 0 : sorted[(kept - 1) / 2];
    }
}
