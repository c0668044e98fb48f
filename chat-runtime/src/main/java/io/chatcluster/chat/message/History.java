package io.chatcluster.chat.message;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Reads the log the way people page through a room. Every method blocks. */
@ApplicationScoped
public class History {

    private static final int PAGE_EVENTS = 500;
    /** The events of a page together, about: all of them are in memory at once, here and at the client. */
    private static final int PAGE_CHARS_MAX = 1_000_000;

    /** Mostly the newest message is among these; further back it is looked for in larger steps. */
    private static final int LAST_MESSAGE_EVENTS = 20;

    private static final int LAST_MESSAGE_STEP = 240;
    private static final int LAST_MESSAGE_EVENTS_MAX = 500;

    /** What is looked at for an unread count: a room may have had any number of other events since. */
    static final int UNREAD_EVENTS_MAX = 5_000;

    private final MessageLog log;
    private final Folds folds;

    @Inject
    public History(MessageLog log, Folds folds) {
        this.log = log;
        this.folds = folds;
    }

    /** A page as it is shown now. */
    EventPage page(RoomId room, HistoryQuery query) {
        EventPage raw = raw(room, query);
        boolean onwards = query.after() != null || query.at() != null;
        return fitting(new EventPage(shown(room, raw.events()), raw.more()), onwards);
    }

    private List<StoredEvent> shown(RoomId room, List<StoredEvent> events) {
        Set<Long> edited = events.stream()
                .filter(event -> EventBody.isEdit(event.body()))
                .flatMap(event -> MessageChange.of(event).stream())
                .map(MessageChange::target)
                .collect(Collectors.toSet());
        if (edited.isEmpty() && events.stream().noneMatch(event -> EventBody.isMessage(event.body()))) {
            return events;
        }
        Map<Long, MessageState> states =
                folds.states(room, events.getFirst().seq(), events.getLast().seq(), edited);
        return ShownEvents.with(states, events);
    }

    /** What of the page fits a reply, from the side where it was asked for, and one event at least. */
    private static EventPage fitting(EventPage page, boolean onwards) {
        List<StoredEvent> events = page.events();
        int kept = 0;
        long chars = 0;
        for (StoredEvent event : onwards ? events : events.reversed()) {
            chars += event.body().length();
            if (kept > 0 && chars > PAGE_CHARS_MAX) {
                int all = events.size();
                return new EventPage(onwards ? events.subList(0, kept) : events.subList(all - kept, all), true);
            }
            kept++;
        }
        return page;
    }

    /** Events as they were committed. */
    private EventPage raw(RoomId room, HistoryQuery query) {
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
        return log.tail(room).seq();
    }

    /** The event at the sequence; empty when there is none, or it has expired. */
    Optional<StoredEvent> event(RoomId room, long seq) {
        return log.at(room, seq).flatMap(batch -> batch.event(seq));
    }

    /** Whether the room's log has the event, which was committed at that time or later. */
    boolean holds(RoomId room, long time, String body) {
        String identity = EventBody.identity(body);
        AtomicBoolean found = new AtomicBoolean();
        log.backward(room, Long.MAX_VALUE, batch -> {
            found.set(batch.events().stream().map(EventBody::identity).anyMatch(identity::equals));
            return !found.get() && batch.time() >= time;
        });
        return found.get();
    }

    /** Ids of the files of messages that were stored at the time or after it, in epoch milliseconds. */
    Set<String> attachmentsSince(RoomId room, long time) {
        Set<String> ids = new HashSet<>();
        log.backward(room, Long.MAX_VALUE, batch -> {
            batch.events().forEach(event -> ids.addAll(EventBody.attachments(event)));
            return batch.time() >= time;
        });
        return ids;
    }

    long lastTime(RoomId room) {
        Batch last = log.tail(room).batch();
        return last == null ? 0 : last.time();
    }

    /** The newest message among the room's last {@value #LAST_MESSAGE_EVENTS_MAX} events, as it is shown now. */
    Optional<StoredEvent> lastMessage(RoomId room) {
        long before = Long.MAX_VALUE;
        int looked = 0;
        while (looked < LAST_MESSAGE_EVENTS_MAX) {
            EventPage page = before(room, before, looked == 0 ? LAST_MESSAGE_EVENTS : LAST_MESSAGE_STEP);
            Optional<StoredEvent> message = page.events().reversed().stream()
                    .filter(event -> EventBody.isMessage(event.body()))
                    .findFirst();
            if (message.isPresent() || !page.more()) {
                return message.map(found -> shown(room, List.of(found)).getFirst());
            }
            looked += page.events().size();
            before = page.events().getFirst().seq();
        }
        return Optional.empty();
    }

    /** Messages of others among the {@value #UNREAD_EVENTS_MAX} events after {@code read}, counted up to {@code max}. */
    int unread(RoomId room, UserId user, long read, int max) {
        int unread = 0;
        long after = read;
        for (int looked = 0; looked < UNREAD_EVENTS_MAX && unread < max; looked += PAGE_EVENTS) {
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
