package io.chatcluster.chat.histories;

import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs as many random histories as {@code -Drandom-histories.count} says, from the seed {@code -Drandom-histories.seed} on. A history
 * that fails names its own seed, with which it alone is tried again; what it does also depends on what has been answered by
 * then. They mostly wait, so {@code -Drandom-histories.clusters} of them run at once, each on pods and Redis servers of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class RandomHistoriesTest {

    private static final Logger LOG = Logger.getLogger(RandomHistoriesTest.class);
    private static final int HISTORIES = Integer.getInteger("random-histories.count", 24);
    private static final long SEED = Long.getLong("random-histories.seed", 20_261_124L);
    private static final int CLUSTERS = Math.min(HISTORIES, Integer.getInteger("random-histories.clusters", 3));
    private static final int PROGRESS_EVERY = 100;

    private final AtomicLong nextSeed = new AtomicLong(SEED);

    @Test
    void shouldLoseRepeatOrReorderNothingInAnyHistory() throws Exception {
        try (var threads = Executors.newFixedThreadPool(CLUSTERS)) {
            var clusters = IntStream.range(0, CLUSTERS)
                    .mapToObj(_ -> threads.submit(this::runHistories))
                    .toList();
            for (var cluster : clusters) {
                cluster.get();
            }
        }
    }

    private Void runHistories() {
        boolean done = false;
        try (Cluster cluster = new Cluster()) {
            for (long seed = nextSeed.getAndIncrement(); seed < SEED + HISTORIES; seed = nextSeed.getAndIncrement()) {
                runHistory(cluster, seed);
                if (seed > SEED && (seed - SEED) % PROGRESS_EVERY == 0) {
                    LOG.infof("%d of %d histories", seed - SEED, HISTORIES);
                }
            }
            done = true;
        } finally {
            if (!done) {
                // The other clusters need not go on.
                nextSeed.set(SEED + HISTORIES);
            }
        }
        return null;
    }

    private static void runHistory(Cluster cluster, long seed) {
        // Given
        RandomHistory history = new RandomHistory(cluster, seed);

        try {
            // When
            history.takeSteps();

            // Then
            new HistoryCheck(history).check();
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "the history of -Drandom-histories.seed=" + seed + " -Drandom-histories.count=1:\n"
                            + String.join("\n", history.steps),
                    wrong);
        }
    }
}
