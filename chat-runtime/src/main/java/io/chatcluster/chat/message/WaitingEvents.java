package io.chatcluster.chat.message;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait for their commit in one room, bounded: those of the batch at hand, and those that arrived since. Anybody may
 * {@link #add}; all else is for the one who writes.
 */
final class WaitingEvents {

    static final int BATCH_EVENTS_MAX = 500;
    static final int BATCH_BYTES_MAX = 250 * 1024;
    static final int EVENTS_MAX = 10_000;
    static final long BYTES_MAX = 16L * 1024 * 1024;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Queue<PendingEvent> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    private final ArrayDeque<PendingEvent> batch = new ArrayDeque<>();

    /** @throws ChatException {@code rate_limited} when too much waits already */
    void add(PendingEvent event) {
        if (count.incrementAndGet() > EVENTS_MAX | bytes.addAndGet(event.bytes()) > BYTES_MAX) {
            settled(event);
            throw new ChatException(ErrorCode.RATE_LIMITED, "too many messages wait in this room", RETRY_AFTER);
        }
        arrived.add(event);
    }

    /** How many are not settled. May be asked by anybody. */
    int count() {
        return count.get();
    }

    /** Whether there are some that are in no batch yet. May be asked by anybody. */
    boolean haveArrived() {
        return !arrived.isEmpty();
    }

    boolean isEmpty() {
        return batch.isEmpty() && arrived.isEmpty();
    }

    /** Those of the batch at hand. */
    List<PendingEvent> batch() {
        return List.copyOf(batch);
    }

    /**
     * Fills the batch at hand as far as it may grow, without what was committed before or may not be any more.
     *
     * @param mayBlock whether the store may be asked for the grant of an author whose membership changed; otherwise the batch ends
     *     before that event
     * @return false when nothing is in the batch
     */
    boolean fill(RoomPosition position, boolean mayBlock) {
        if (!mayBlock && !batch.isEmpty()) {
            return false;
        }
        Map<String, PendingEvent> identities = new HashMap<>();
        int size = 0;
        for (int left = batch.size(); left > 0; left--) {
            size += take(batch.remove(), position, identities);
        }
        for (PendingEvent event = arrived.peek(); event != null; event = arrived.peek()) {
            boolean fits = batch.isEmpty() || size + event.bytes() <= BATCH_BYTES_MAX;
            if (batch.size() == BATCH_EVENTS_MAX || !fits || !mayBlock && position.outdates(event.grant())) {
                break;
            }
            size += take(arrived.remove(), position, identities);
        }
        return !batch.isEmpty();
    }

    /** Puts the event at the end of the batch unless it is settled; returns how many bytes that adds. */
    private int take(PendingEvent event, RoomPosition position, Map<String, PendingEvent> identities) {
        if (settledWithoutCommit(event, position, identities)) {
            return 0;
        }
        try {
            PendingEvent granted = position.outdates(event.grant()) ? event.renewed() : event;
            position.hear(granted.body());
            batch.add(granted);
            return granted.bytes();
        } catch (RuntimeException refused) {
            fail(event, refused);
            return 0;
        }
    }

    private boolean settledWithoutCommit(
            PendingEvent event, RoomPosition position, Map<String, PendingEvent> identities) {
        Ack earlier = position.earlier(event.identity());
        if (earlier != null) {
            settle(event, earlier);
            return true;
        }
        if (System.nanoTime() - event.deadline() > 0) {
            fail(event, new ChatException(ErrorCode.UNAVAILABLE, "the message was not committed in time", RETRY_AFTER));
            return true;
        }
        @Nullable
        PendingEvent twin = event.identity().isEmpty() ? null : identities.putIfAbsent(event.identity(), event);
        if (twin != null) {
            settled(event);
            event.follow(twin);
            return true;
        }
        return false;
    }

    /** The batch at hand is in the log. */
    void committed(long firstSeq, long time) {
        long seq = firstSeq;
        for (PendingEvent event = batch.poll(); event != null; event = batch.poll()) {
            settle(event, new Ack(seq++, time, false));
        }
    }

    void failAll(Throwable failure) {
        // Whoever hears of the failure may send again at once: what arrives from then on is tried, not failed with the
        // rest.
        for (PendingEvent event = arrived.poll(); event != null; event = arrived.poll()) {
            batch.add(event);
        }
        List<PendingEvent> failed = List.copyOf(batch);
        batch.clear();
        failed.forEach(event -> fail(event, failure));
    }

    private void settle(PendingEvent event, Ack ack) {
        settled(event);
        event.ack().complete(ack);
    }

    private void fail(PendingEvent event, Throwable failure) {
        settled(event);
        event.ack().completeExceptionally(failure);
    }

    private void settled(PendingEvent event) {
        count.decrementAndGet();
        bytes.addAndGet(-event.bytes());
    }
}
