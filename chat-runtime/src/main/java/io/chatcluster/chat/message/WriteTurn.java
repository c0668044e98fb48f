package io.chatcluster.chat.message;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives the turn to write a room to other pods. Whoever won the room's next place hears of it before those who lost it: were
 * it to put its next batch at once, it would win that place as well, and the next, for as long as it has something to write.
 */
final class WriteTurn {

    /** For as long after a loss others are taken to write, too. */
    private static final Duration CONTESTED = Duration.ofSeconds(1);

    /** One who lost each time is unknown to the winner, who lets it go first after as many wins. */
    private static final int WINS_BEFORE_LOOKING = 8;

    /** So many losses in a row say that others wrote much: it is read at once instead of losing to each batch. */
    private static final int LOSSES_BEFORE_READING = 4;
    /** A winner that old was there long before, however the pods' clocks differ: nobody writes right now. */
    private static final Duration WRITTEN_BEFORE = Duration.ofSeconds(2);

    private static final int PAUSE_MAX_TIMES = 8;
    private static final Duration PAUSE_MAX = Duration.ofMillis(20);

    private long beganAt = System.nanoTime();
    private long lostAt = beganAt - CONTESTED.toNanos();
    private int wins;
    private int losses;

    void begin() {
        beganAt = System.nanoTime();
    }

    /** Whether what others wrote is to be read at once. */
    boolean lost(Batch mine, Batch winner) {
        wins = 0;
        if (mine.time() - winner.time() > WRITTEN_BEFORE.toMillis()) {
            return true;
        }
        lostAt = System.nanoTime();
        return ++losses % LOSSES_BEFORE_READING == 0;
    }

    /** Whether others are taken to write, too. */
    boolean contested() {
        return System.nanoTime() - lostAt < CONTESTED.toNanos();
    }

    /**
     * How long to wait after a win: where others write as well, for about as long as the append took, which is what those who lost
     * need to hear of it and to put their batch; longer with each win in a row, but no longer than {@link #PAUSE_MAX}. What
     * arrives meanwhile goes in the same next batch.
     *
     * @param more whether the next batch could be put at once; otherwise the others have the turn as it is
     * @return nanoseconds, 0 for no wait
     */
    long won(boolean more) {
        wins++;
        losses = 0;
        boolean contested = contested();
        if (!more || !contested && wins < WINS_BEFORE_LOOKING) {
            return 0;
        }
        long took = (System.nanoTime() - beganAt) * (contested ? Math.min(wins, PAUSE_MAX_TIMES) : 2);
        wins = contested ? wins : 0;
        // Not in step with other winners.
        return Math.min(ThreadLocalRandom.current().nextLong(took / 2, took * 3 / 2 + 1), PAUSE_MAX.toNanos());
    }
}
