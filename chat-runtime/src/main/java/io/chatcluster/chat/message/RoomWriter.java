package io.chatcluster.chat.message;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.Grant;
import io.chatcluster.chat.room.RoomId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Group commit for one room on this pod: one batch is in flight, and everything that arrives meanwhile goes in the next.
 *
 * <p>At the moment a Put at {@code tail + 1} succeeds the writer has seen every event up to the tail, its own and the
 * winners', so what it knows of duplicates is exact, and no member's event comes after the one that ended their right to
 * it.
 */
final class RoomWriter {

    static final int BATCH_EVENTS_MAX = 500;
    static final int BATCH_BYTES_MAX = 250 * 1024;
    static final int WAITING_EVENTS_MAX = 10_000;
    static final long WAITING_BYTES_MAX = 16L * 1024 * 1024;
    static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(15);

    private static final Logger LOG = Logger.getLogger(RoomWriter.class);
    /** What {@link MessageLog#claim} said counts for half an hour: well before that it is asked again. */
    private static final Duration CLAIM_KEPT = Duration.ofMinutes(10);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final RoomId room;
    private final MessageLog log;
    private final CommitListener listener;
    private final WriterTelemetry telemetry;

    private final Queue<PendingEvent> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingEvents = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long lastUsed = System.nanoTime();

    // Only the one running flush touches these; `running` hands them over.
    private final ArrayDeque<PendingEvent> next = new ArrayDeque<>();
    private @Nullable DedupeWindow window;
    private MemberFence fence = new MemberFence(CLAIM_KEPT);
    private final WriteTurn turn = new WriteTurn();
    private boolean tailCertain;
    private long tail;
    private long tailTime;
    private long lastChange;

    RoomWriter(RoomId room, MessageLog log, CommitListener listener, WriterTelemetry telemetry) {
        this.room = room;
        this.log = log;
        this.listener = listener;
        this.telemetry = telemetry;
    }

    /**
     * Takes the event in; never blocks.
     *
     * @throws ChatException {@code rate_limited} when too much waits already
     */
    CompletableFuture<Ack> submit(String body, @Nullable Grant grant) {
        PendingEvent event = PendingEvent.of(body, System.nanoTime() + COMMIT_TIMEOUT.toNanos(), grant);
        if (waitingEvents.incrementAndGet() > WAITING_EVENTS_MAX
                | waitingBytes.addAndGet(event.bytes()) > WAITING_BYTES_MAX) {
            settled(event);
            throw new ChatException(ErrorCode.RATE_LIMITED, "too many messages wait in this room", RETRY_AFTER);
        }
        lastUsed = System.nanoTime();
        arrived.add(event);
        wake();
        return event.ack();
    }

    boolean idleSince(long nanoTime) {
        return waitingEvents.get() == 0 && !running.get() && lastUsed - nanoTime < 0;
    }

    int waiting() {
        return waitingEvents.get();
    }

    private void wake() {
        if (running.compareAndSet(false, true)) {
            Thread.ofVirtual().name("writer-" + room).start(this::flush);
        }
    }

    private void flush() {
        try {
            do {
                commitNext();
            } while (!next.isEmpty() || !arrived.isEmpty());
        } catch (Throwable e) {
            LOG.errorf(e, "The writer of room %s failed", room);
            failAll(e);
        } finally {
            running.set(false);
        }
        // What arrived after the last look and before `running` was given back woke nobody.
        if (!arrived.isEmpty()) {
            wake();
        }
    }

    private void commitNext() {
        try {
            DedupeWindow known = activate();
            while (prepare(known)) {
                Batch batch = batch();
                turn.begin();
                switch (telemetry.append(log, batch, next)) {
                    case Append.Committed() -> {
                        committed(batch, known);
                        turn.won(!arrived.isEmpty());
                        return;
                    }
                    case Append.Lost(Batch winner) -> {
                        learn(winner, known);
                        if (turn.lost(batch, winner)) {
                            readOn(known);
                        }
                    }
                }
            }
        } catch (ChatException e) {
            tailCertain = false;
            failAll(e);
        }
    }

    /** The tail and the last minutes' messages, read from the log when they are not known for certain. */
    private DedupeWindow activate() {
        DedupeWindow known = window;
        if (known == null || System.currentTimeMillis() - tailTime > CLAIM_KEPT.toMillis()) {
            DedupeWindow fresh = new DedupeWindow();
            fence = new MemberFence(CLAIM_KEPT);
            tail = log.claim(room).seq();
            tailTime = 0;
            lastChange = 0;
            long since = System.currentTimeMillis() - DedupeWindow.KEPT_MILLIS;
            RecentBatches.since(log, room, since, batch -> recall(batch, fresh));
            known = fresh;
            window = fresh;
        } else if (!tailCertain) {
            readOn(known);
        }
        tailCertain = true;
        return known;
    }

    /** Batches come from the last one backwards, and the last one alone tells where the room is. */
    private void recall(Batch batch, DedupeWindow fresh) {
        if (fresh.isEmpty()) {
            learn(batch, fresh);
        } else {
            fresh.addBefore(batch);
            batch.events().forEach(fence::hear);
        }
    }

    private void readOn(DedupeWindow known) {
        List<Batch> page;
        do {
            page = log.forward(room, tail + 1, BATCH_EVENTS_MAX * 4);
            page.forEach(batch -> learn(batch, known));
        } while (!page.isEmpty());
    }

    private void learn(Batch batch, DedupeWindow known) {
        known.add(batch);
        batch.events().forEach(fence::hear);
        tail = batch.lastSeq();
        tailTime = Math.max(tailTime, batch.time());
        lastChange = batch.lastChange();
    }

    /**
     * Fills {@link #next} as far as a batch may grow, without what was committed before or may not be any more; false when
     * nothing is left.
     */
    private boolean prepare(DedupeWindow known) {
        Map<String, PendingEvent> identities = new HashMap<>();
        int bytes = 0;
        for (int left = next.size(); left > 0; left--) {
            bytes += take(next.remove(), known, identities);
        }
        for (PendingEvent event = arrived.peek(); event != null; event = arrived.peek()) {
            boolean fits = next.isEmpty() || bytes + event.bytes() <= BATCH_BYTES_MAX;
            if (next.size() == BATCH_EVENTS_MAX || !fits) {
                break;
            }
            bytes += take(arrived.remove(), known, identities);
        }
        return !next.isEmpty();
    }

    /** Puts the event at the end of {@link #next} unless it is settled; returns how many bytes that adds. */
    private int take(PendingEvent event, DedupeWindow known, Map<String, PendingEvent> identities) {
        if (settledWithoutCommit(event, known, identities)) {
            return 0;
        }
        try {
            PendingEvent granted = granted(event);
            fence.hear(granted.body());
            next.add(granted);
            return granted.bytes();
        } catch (RuntimeException refused) {
            fail(event, refused);
            return 0;
        }
    }

    private PendingEvent granted(PendingEvent event) {
        Grant grant = event.grant();
        return grant != null && fence.outdates(grant) ? event.with(grant.renewed()) : event;
    }

    private boolean settledWithoutCommit(PendingEvent event, DedupeWindow known, Map<String, PendingEvent> identities) {
        Ack earlier = known.find(event.identity());
        if (earlier != null) {
            settled(event);
            event.ack().complete(earlier);
            return true;
        }
        if (System.nanoTime() - event.deadline() > 0) {
            fail(event, new ChatException(ErrorCode.UNAVAILABLE, "the message was not committed in time", RETRY_AFTER));
            return true;
        }
        PendingEvent twin = event.identity().isEmpty() ? null : identities.putIfAbsent(event.identity(), event);
        if (twin != null) {
            settled(event);
            event.follow(twin);
            return true;
        }
        return false;
    }

    private Batch batch() {
        long time = Math.max(System.currentTimeMillis(), tailTime);
        return new Batch(
                room,
                tail + 1,
                UUID.randomUUID().toString(),
                time,
                next.stream().map(PendingEvent::body).toList(),
                lastChange);
    }

    private void committed(Batch batch, DedupeWindow known) {
        learn(batch, known);
        long seq = batch.firstSeq();
        for (PendingEvent event = next.poll(); event != null; event = next.poll()) {
            settled(event);
            event.ack().complete(new Ack(seq++, batch.time(), false));
        }
        listener.committed(batch);
    }

    private void failAll(Throwable failure) {
        // Whoever hears of the failure may send again at once: what arrives from then on is tried, not failed with the
        // rest.
        for (PendingEvent event = arrived.poll(); event != null; event = arrived.poll()) {
            next.add(event);
        }
        List<PendingEvent> failed = List.copyOf(next);
        next.clear();
        failed.forEach(event -> fail(event, failure));
    }

    private void fail(PendingEvent event, Throwable failure) {
        settled(event);
        event.ack().completeExceptionally(failure);
    }

    private void settled(PendingEvent event) {
        waitingEvents.decrementAndGet();
        waitingBytes.addAndGet(-event.bytes());
    }
}
