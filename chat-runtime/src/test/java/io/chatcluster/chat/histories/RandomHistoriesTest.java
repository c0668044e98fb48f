package io.chatcluster.chat.histories;

import org.junit.jupiter.api.Test;

/**
 * Runs as many random histories as {@code -Drandom-histories.count} says, from the seed {@code -Drandom-histories.seed} on; a history
 * that fails names its own seed, with which it alone is run again.
 */
class RandomHistoriesTest {

    private static final int HISTORIES = Integer.getInteger("random-histories.count", 15);
    private static final long SEED = Long.getLong("random-histories.seed", 20_261_124L);

    @Test
    void shouldLoseRepeatOrReorderNothingInAnyHistory() {
        try (Cluster cluster = new Cluster()) {
            for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
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
    }
}
