package io.chatcluster.chat.message;

import io.chatcluster.chat.room.Grant;
import io.chatcluster.chat.room.RoomId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a writer knows of its room's log: where it ends, and what its last minutes mean for the events that are next.
 *
 * <p>At the moment a Put at {@code tail + 1} succeeds the writer has seen every event up to the tail, its own and the
 * winners', so what it knows of duplicates is exact, and no member's event comes after the one that ended their right to
 * it. Not thread-safe.
 */
final class RoomPosition {

    /** What {@link MessageLog#claim} said counts for half an hour: well before that it is asked again. */
    private static final Duration CLAIM_KEPT = Duration.ofMinutes(10);

    private static final int PAGE_EVENTS = 2_000;

    private final RoomId room;
    private final MessageLog log;

    private DedupeWindow window = new DedupeWindow();
    private MemberFence fence = new MemberFence(CLAIM_KEPT);
    private boolean claimed;
    private boolean certain;
    private long tail;
    private long tailTime;
    private long lastChange;

    RoomPosition(RoomId room, MessageLog log) {
        this.room = room;
        this.log = log;
    }

    /** Whether the log ends there, but for what others append: then {@link #find} reads nothing. */
    boolean certain() {
        return certain && holds();
    }

    private boolean holds() {
        return claimed && System.currentTimeMillis() - tailTime <= CLAIM_KEPT.toMillis();
    }

    /** It is not known what became of an append. */
    void doubt() {
        certain = false;
    }

    /** Reads the tail and the last minutes' messages where they are not known for certain. May block. */
    void find() {
        if (!holds()) {
            claim();
        } else if (!certain) {
            readOn();
        }
        certain = true;
    }

    private void claim() {
        DedupeWindow fresh = new DedupeWindow();
        fence = new MemberFence(CLAIM_KEPT);
        tail = log.claim(room).seq();
        tailTime = 0;
        lastChange = 0;
        long since = System.currentTimeMillis() - DedupeWindow.KEPT_MILLIS;
        RecentBatches.since(log, room, since, batch -> recall(batch, fresh));
        window = fresh;
        claimed = true;
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

    /** Reads what others appended. Blocks. */
    void readOn() {
        List<Batch> page;
        do {
            page = log.forward(room, tail + 1, PAGE_EVENTS);
            page.forEach(this::learn);
        } while (!page.isEmpty());
    }

    /** Goes on after the batch, which is in the log right after the tail. */
    void learn(Batch batch) {
        learn(batch, window);
    }

    private void learn(Batch batch, DedupeWindow known) {
        known.add(batch);
        batch.events().forEach(fence::hear);
        tail = batch.lastSeq();
        tailTime = Math.max(tailTime, batch.time());
        lastChange = batch.lastChange();
    }

    /** The batch of these events that goes after the tail. */
    Batch next(List<String> bodies) {
        long time = Math.max(System.currentTimeMillis(), tailTime);
        return new Batch(room, tail + 1, UUID.randomUUID().toString(), time, bodies, lastChange);
    }

    /** Where an event of the identity is in the log; null when it is not there, as far back as is known. */
    @Nullable
    Ack earlier(String identity) {
        return window.find(identity);
    }

    /** Whether the author may have lost the right to it since the grant. */
    boolean outdates(@Nullable Grant grant) {
        return grant != null && fence.outdates(grant);
    }

    /** The event goes before all that are next. */
    void hear(String body) {
        fence.hear(body);
    }
}
