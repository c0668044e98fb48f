package io.chatcluster.chat.message;

import org.jspecify.annotations.Nullable;

/**
 * Where a room's log ends.
 *
 * @param seq the last sequence that was ever given; 0 when nothing was ever said
 * @param batch the batch that ends there; null when it has expired
 */
public record Tail(long seq, @Nullable Batch batch) {

    /** The first sequence of the last batch that holds changes of messages; 0 for none. */
    long lastChange() {
        return batch == null ? 0 : batch.lastChange();
    }
}
