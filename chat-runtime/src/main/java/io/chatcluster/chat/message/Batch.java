package io.chatcluster.chat.message;

import io.chatcluster.chat.room.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Events of a room that are committed together, under consecutive sequences.
 *
 * @param batchId names the writer's attempt: by it a writer knows its own batch again
 * @param time epoch milliseconds, of all its events; never lower than the batch's before
 * @param events the bodies, as in {@link StoredEvent#body()}; never empty
 * @param changesBefore the first sequence of the last batch before this one that holds changes of messages; 0 for none
 */
public record Batch(RoomId room, long firstSeq, String batchId, long time, List<String> events, long changesBefore) {

    public Batch {
        events = List.copyOf(events);
        if (events.isEmpty() || firstSeq < 1) {
            throw new IllegalArgumentException(
                    "a batch has events, and sequences start at 1: " + room + " " + firstSeq);
        }
    }

    /** A batch without its place among the changes, for delivery. */
    public Batch(RoomId room, long firstSeq, String batchId, long time, List<String> events) {
        this(room, firstSeq, batchId, time, events, 0);
    }

    /** The first sequence of the last batch, this one included, that holds changes of messages; 0 for none. */
    long lastChange() {
        return events.stream().anyMatch(EventBody::isChange) ? firstSeq : changesBefore;
    }

    public long lastSeq() {
        return firstSeq + events.size() - 1;
    }

    /** Its event at the sequence; empty when that is another batch's. */
    Optional<StoredEvent> event(long seq) {
        List<StoredEvent> found = new ArrayList<>(1);
        addTo(found, seq - 1, seq + 1);
        return found.stream().findFirst();
    }

    /** Adds its events with {@code after < seq < before} to the list. */
    public void addTo(List<StoredEvent> list, long after, long before) {
        long from = Math.max(firstSeq, after + 1);
        long to = Math.min(lastSeq(), before - 1);
        for (long seq = from; seq <= to; seq++) {
            list.add(new StoredEvent(seq, time, events.get((int) (seq - firstSeq))));
        }
    }

    /** The events of the batches with {@code after < seq < before}, in the order of the batches. */
    public static List<StoredEvent> slice(List<Batch> batches, long after, long before) {
        List<StoredEvent> events = new ArrayList<>();
        for (Batch batch : batches) {
            batch.addTo(events, after, before);
        }
        return events;
    }
}
