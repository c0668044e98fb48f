package io.chatcluster.chat.message;

import io.chatcluster.chat.room.RoomId;
import java.util.ArrayDeque;
import java.util.List;

/** Reads the end of a room's log. */
final class RecentBatches {

    private static final int PAGE_EVENTS = 2_000;

    private RecentBatches() {}

    /** The batches since the time, ascending, and at least the last one, which gives the tail however old it is. Blocks. */
    static List<Batch> since(MessageLog log, RoomId room, long time) {
        ArrayDeque<Batch> ascending = new ArrayDeque<>();
        long before = Long.MAX_VALUE;
        int pageEvents = 1;
        while (true) {
            List<Batch> page = log.backward(room, before, pageEvents);
            for (Batch batch : page) {
                ascending.addFirst(batch);
            }
            if (page.isEmpty() || page.getLast().time() < time || page.getLast().firstSeq() == 1) {
                return List.copyOf(ascending);
            }
            before = page.getLast().firstSeq();
            pageEvents = PAGE_EVENTS;
        }
    }
}
