package io.chatcluster.chat.message;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the log the way people page through a room. Every method blocks. */
@ApplicationScoped
public class History {

    private static final int PAGE_EVENTS = 500;
    private static final int LAST_MESSAGE_EVENTS = 20;

    private final MessageLog log;

    @Inject
    public History(MessageLog log) {
        this.log = log;
    }

    EventPage page(RoomId room, HistoryQuery query) {
        if (query.after() != null) {
            return after(room, query.after(), query.limit());
        }
        if (query.at() != null) {
            return after(room, firstSeqAt(room, query.at()) - 1, query.limit());
        }
        return before(room, query.before() == null ? Long.MAX_VALUE : query.before(), query.limit());
    }

    private EventPage after(RoomId room, long after, int limit) {
        // One more than asked for shows whether there is more.
        List<StoredEvent> events = log.after(room, after, limit + 1);
        boolean more = events.size() > limit;
        return new EventPage(more ? events.subList(0, limit) : events, more);
    }

    private EventPage before(RoomId room, long before, int limit) {
        List<Batch> batches = new ArrayList<>();
        long start = before;
        int found = 0;
        while (found <= limit) {
            List<Batch> page = log.backward(room, start, limit + 1 - found);
            if (page.isEmpty()) {
                break;
            }
            for (Batch batch : page) {
                batches.addFirst(batch);
                found += (int) (Math.min(batch.lastSeq(), before - 1) - batch.firstSeq() + 1);
            }
            start = page.getLast().firstSeq();
        }
        List<StoredEvent> events = Batch.slice(batches, 0, before);
        boolean more = events.size() > limit;
        return new EventPage(more ? events.subList(events.size() - limit, events.size()) : events, more);
    }

    /** The first sequence at or after the time: time never decreases with the sequence, so halving finds it. */
    private long firstSeqAt(RoomId room, long time) {
        long low = 1;
        long high = tail(room) + 1;
        while (low < high) {
            Optional<Batch> batch = log.at(room, low + (high - low) / 2);
            // Nothing that early means it has expired: it was before the time.
            if (batch.isEmpty()) {
                low = low + (high - low) / 2 + 1;
            } else if (batch.get().time() < time) {
                low = Math.max(low + 1, batch.get().lastSeq() + 1);
            } else {
                high = batch.get().firstSeq();
            }
        }
        return low;
    }

    long tail(RoomId room) {
        return log.last(room).map(Batch::lastSeq).orElse(0L);
    }

    long lastTime(RoomId room) {
        return log.last(room).map(Batch::time).orElse(0L);
    }

    /** The newest message among the room's last {@value #LAST_MESSAGE_EVENTS} events. */
    Optional<StoredEvent> lastMessage(RoomId room) {
        return before(room, Long.MAX_VALUE, LAST_MESSAGE_EVENTS).events().reversed().stream()
                .filter(event -> EventBody.isMessage(event.body()))
                .findFirst();
    }

    int unread(RoomId room, UserId user, long read, int max) {
        int unread = 0;
        long after = read;
        while (unread < max) {
            List<StoredEvent> events = log.after(room, after, PAGE_EVENTS);
            for (StoredEvent event : events) {
                if (EventBody.isMessageOfOthers(event.body(), user)) {
                    unread++;
                }
            }
            if (events.size() < PAGE_EVENTS) {
                break;
            }
            after = events.getLast().seq();
        }
        return Math.min(unread, max);
    }
}
