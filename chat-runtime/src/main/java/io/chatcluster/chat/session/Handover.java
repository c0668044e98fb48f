package io.chatcluster.chat.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Asks connections to come back elsewhere, a few at a time, so that the pods that take them in are not hit by all at once. */
final class Handover {
    /** Fewer than this many a second would only take longer. */
    private static final int PER_SECOND_MIN = 50;
    /** A client comes back after a random part of this. */
    private static final Duration RETURN_SPREAD = Duration.ofSeconds(1);

    private Handover() {}

    /** How long handing over so many takes when there is time for {@code most}. */
    static Duration duration(int connections, Duration most) {
        Duration enough = Duration.ofMillis(connections * 1_000L / PER_SECOND_MIN);
        return enough.compareTo(most) < 0 ? enough : most;
    }

    /**
     * Asks them all, in random order and evenly over the time. Blocks.
     *
     * @param reason what clients are told
     * @param answering how long a connection may wait for the answers to its sends before it is closed
     */
    static void run(Collection<Session> sessions, Duration over, String reason, Duration answering)
            throws InterruptedException {
        List<Session> order = new ArrayList<>(sessions);
        Collections.shuffle(order, ThreadLocalRandom.current());
        long startedAt = System.nanoTime();
        for (int i = 0; i < order.size(); i++) {
            order.get(i).handOver(jitter(), reason, answering);
            long due = startedAt + over.toNanos() / order.size() * (i + 1);
            long wait = due - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(Duration.ofNanos(wait));
            }
        }
    }

    private static Duration jitter() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(RETURN_SPREAD.toMillis()));
    }
}
