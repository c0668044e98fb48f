package io.chatcluster.chat.message;

import io.chatcluster.chat.room.RoomId;
import java.util.function.Consumer;

/** Reads the end of a room's log. */
final class RecentBatches {

    private RecentBatches() {}

    /**
     * Hands over the batches since the time, the last one first, and that one however old it is: it gives the tail. Keeps none
     * of them, for a room may have had hundreds of megabytes. Blocks.
     */
    static void since(MessageLog log, RoomId room, long time, Consumer<Batch> descending) {
        for (Batch last : log.backward(room, Long.MAX_VALUE, 1)) {
            descending.accept(last);
            if (last.time() >= time) {
                log.backward(room, last.firstSeq(), batch -> {
                    boolean recent = batch.time() >= time;
                    if (recent) {
                        descending.accept(batch);
                    }
                    return recent;
                });
            }
        }
    }
}
