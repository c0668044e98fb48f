package io.chatcluster.chat.delivery;

import io.chatcluster.chat.message.Batch;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was read from the log before Redis brought it. It may be on its way: missed is only what has not come by the next
 * look, or what later ones came before.
 */
final class Unheard {

    private static final int BATCHES_MAX = 100;

    private final Set<Long> lastSeqs = ConcurrentHashMap.newKeySet();
    private final FeedMetrics metrics;

    Unheard(FeedMetrics metrics) {
        this.metrics = metrics;
    }

    /** Called before anybody can take it for delivered. */
    void read(Batch batch) {
        if (lastSeqs.size() < BATCHES_MAX) {
            lastSeqs.add(batch.lastSeq());
        }
    }

    boolean isEmpty() {
        return lastSeqs.isEmpty();
    }

    /** The batch that ends there came after all. */
    void heard(long lastSeq) {
        if (!lastSeqs.isEmpty()) {
            lastSeqs.remove(lastSeq);
        }
    }

    /** Counts what has not come since it was read, as one hole, and forgets it. */
    void count() {
        if (!lastSeqs.isEmpty()) {
            lastSeqs.clear();
            metrics.repaired();
        }
    }
}
