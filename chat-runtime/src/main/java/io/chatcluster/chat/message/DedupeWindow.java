package io.chatcluster.chat.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The events of a room's last minutes, by what a repetition has in common with them: see {@link EventBody#identity}. It holds
 * consecutive sequences up to the writer's tail, about 32 bytes each: 128 bits of the identity's SHA-256 stand for it. Not
 * thread-safe.
 */
final class DedupeWindow {

    /** Ten minutes are promised; the rest is for clocks that differ. */
    static final long KEPT_MILLIS = 12 * 60_000;

    /** A room with more events than this in the window (1,450 a second) forgets the oldest earlier. */
    static final int EVENTS_MAX = 1 << 20;

    private long first = 1;
    private long next = 1;
    private long[] high = new long[16];
    private long[] low = new long[16];
    private long[] times = new long[16];
    /** Open addressing with linear probing; a slot holds the position in the arrays plus one, 0 is free. */
    private int[] slots = new int[32];

    /** Where the event was committed; null when it is not in the window. */
    @Nullable
    Ack find(String identity) {
        if (identity.isEmpty()) {
            return null;
        }
        ByteBuffer digest = digest(identity);
        int slot = slotOf(digest.getLong(0), digest.getLong(8));
        if (slots[slot] == 0) {
            return null;
        }
        int position = slots[slot] - 1;
        return new Ack(seqAt(position), times[position], true);
    }

    /** Takes in the batch that follows what it holds; one that does not follow begins the window anew. */
    void add(Batch batch) {
        if (batch.firstSeq() != next) {
            clear(batch.firstSeq());
        }
        for (String body : batch.events()) {
            add(EventBody.identity(body), batch.time());
        }
        expire(batch.time() - KEPT_MILLIS);
    }

    /** Takes in the batch that ends where what it holds begins; what it has no room for is left out. */
    void addBefore(Batch batch) {
        for (String body : batch.events().reversed()) {
            if (next - first == times.length && times.length < EVENTS_MAX) {
                resize(times.length * 2);
            }
            if (next - first == times.length) {
                return;
            }
            int slot = set(position(--first), EventBody.identity(body), batch.time());
            if (slot >= 0) {
                slots[slot] = position(first) + 1;
            }
        }
    }

    boolean isEmpty() {
        return first == next;
    }

    private void add(String identity, long time) {
        if (next - first == times.length) {
            if (times.length < EVENTS_MAX) {
                resize(times.length * 2);
            } else {
                removeFirst();
            }
        }
        int position = position(next++);
        int slot = set(position, identity, time);
        // The first commit of a message is the one that counts.
        if (slot >= 0 && slots[slot] == 0) {
            slots[slot] = position + 1;
        }
    }

    /** Returns the slot of the identity; negative when there is none. */
    private int set(int position, String identity, long time) {
        times[position] = time;
        high[position] = 0;
        low[position] = 0;
        if (identity.isEmpty()) {
            return -1;
        }
        ByteBuffer digest = digest(identity);
        int slot = slotOf(digest.getLong(0), digest.getLong(8));
        high[position] = digest.getLong(0);
        low[position] = digest.getLong(8);
        return slot;
    }

    private void expire(long before) {
        while (first < next && times[position(first)] < before) {
            removeFirst();
        }
        if (times.length > 16 && next - first < times.length / 8) {
            resize(times.length / 2);
        }
    }

    private void removeFirst() {
        int position = position(first++);
        int slot = slotOf(high[position], low[position]);
        if (slots[slot] == position + 1) {
            removeSlot(slot);
        }
    }

    /** Knuth, The Art of Computer Programming 6.4, Algorithm R: closes the gap that removing leaves. */
    private void removeSlot(int removed) {
        int mask = slots.length - 1;
        int gap = removed;
        int slot = gap;
        slots[gap] = 0;
        while (true) {
            slot = (slot + 1) & mask;
            if (slots[slot] == 0) {
                return;
            }
            int home = home(high[slots[slot] - 1]);
            boolean reachable = gap <= slot ? gap < home && home <= slot : gap < home || home <= slot;
            if (!reachable) {
                slots[gap] = slots[slot];
                slots[slot] = 0;
                gap = slot;
            }
        }
    }

    private void resize(int capacity) {
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldTimes = times;
        high = new long[capacity];
        low = new long[capacity];
        times = new long[capacity];
        slots = new int[capacity * 2];
        for (long seq = first; seq < next; seq++) {
            int from = (int) (seq & (oldTimes.length - 1));
            int to = position(seq);
            high[to] = oldHigh[from];
            low[to] = oldLow[from];
            times[to] = oldTimes[from];
            int slot = slotOf(high[to], low[to]);
            if (slots[slot] == 0 && (high[to] | low[to]) != 0) {
                slots[slot] = to + 1;
            }
        }
    }

    private void clear(long seq) {
        first = seq;
        next = seq;
        high = new long[16];
        low = new long[16];
        times = new long[16];
        slots = new int[32];
    }

    /** The slot that holds the identity, or the free one where it belongs. */
    private int slotOf(long identityHigh, long identityLow) {
        int slot = home(identityHigh);
        while (slots[slot] != 0 && (high[slots[slot] - 1] != identityHigh || low[slots[slot] - 1] != identityLow)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int home(long identityHigh) {
        return (int) identityHigh & (slots.length - 1);
    }

    private int position(long seq) {
        return (int) (seq & (times.length - 1));
    }

    private long seqAt(int position) {
        long firstPosition = first & (times.length - 1);
        return first + ((position - firstPosition) & (times.length - 1));
    }

    private static ByteBuffer digest(String identity) {
        try {
            return ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
