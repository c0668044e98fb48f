package io.chatcluster.chat.delivery;

import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.message.EventBody;
import io.chatcluster.chat.message.StoredEvent;
import io.chatcluster.chat.room.UserId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The last batches of a room, for connections that missed little. Not thread-safe, but for the shared budget. */
final class RecentEvents {

    private static final int EVENTS_MAX = LocalHub.RESUME_EVENTS_MAX;
    private static final long CHARACTERS_MAX = 512 * 1024;
    /** What a room may keep although all rooms together keep too much. */
    private static final long CHARACTERS_ALWAYS = 4 * 1024;

    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private final AtomicLong keptByAll;
    private final long keptByAllMax;
    private int events;
    private long characters;

    /** @param keptByAll characters that all rooms of the pod keep */
    RecentEvents(AtomicLong keptByAll, long keptByAllMax) {
        this.keptByAll = keptByAll;
        this.keptByAllMax = keptByAllMax;
    }

    void add(Batch batch) {
        batches.addLast(batch);
        events += batch.events().size();
        account(length(batch));
        while (events > EVENTS_MAX
                || characters > CHARACTERS_MAX
                || (characters > CHARACTERS_ALWAYS && keptByAll.get() > keptByAllMax)) {
            Batch oldest = batches.removeFirst();
            events -= oldest.events().size();
            account(-length(oldest));
        }
    }

    /** Whether it holds everything after {@code seq}, up to a tail of {@code tail}. */
    boolean reachesBackTo(long seq, long tail) {
        return seq >= tail || (!batches.isEmpty() && batches.getFirst().firstSeq() <= seq + 1);
    }

    List<StoredEvent> after(long seq) {
        return Batch.slice(List.copyOf(batches), seq, Long.MAX_VALUE);
    }

    /** Messages of others after {@code read}, counted up to {@code max}. */
    int unread(UserId user, long read, int max) {
        return (int) after(read).stream()
                .filter(event -> EventBody.isMessageOfOthers(event.body(), user))
                .limit(max)
                .count();
    }

    void clear() {
        batches.clear();
        events = 0;
        account(-characters);
    }

    private void account(long change) {
        characters += change;
        keptByAll.addAndGet(change);
    }

    private static long length(Batch batch) {
        long length = 0;
        for (String body : batch.events()) {
            length += body.length();
        }
        return length;
    }
}
