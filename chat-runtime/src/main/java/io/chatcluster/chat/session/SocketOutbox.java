package io.chatcluster.chat.session;

import io.chatcluster.chat.delivery.OfferKind;
import io.chatcluster.chat.delivery.Outbox;
import io.chatcluster.chat.protocol.CloseCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one socket, bounded in size. One write is under way at a time; whatever is offered meanwhile
 * goes out together in the next text frame, one object per line. A reader that lets the queue run full is disconnected.
 */
final class SocketOutbox implements Outbox, Wire.Written {
    /** The size up to which waiting objects share a frame. */
    private static final int FRAME_CHARS = 65_536;
    /** The part of the bound above which momentary objects are left out, so that they never take a required one's room. */
    private static final int EPHEMERAL_DIVISOR = 4;

    private final Wire wire;
    private final int charsMax;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private volatile long waitingChars;
    private boolean writing;
    private boolean open = true;
    private @Nullable CloseCode closeWhenEmpty;

    /** @param charsMax the most characters that wait; a single larger object passes when nothing else waits */
    SocketOutbox(Wire wire, int charsMax) {
        this.wire = wire;
        this.charsMax = charsMax;
    }

    @Override
    public boolean offer(String json, OfferKind kind) {
        boolean full = false;
        lock.lock();
        try {
            if (!open) {
                return false;
            }
            if (!writing) {
                // Nothing waits while nothing is under way.
                writing = true;
            } else if (kind == OfferKind.EPHEMERAL && waitingChars + json.length() > charsMax / EPHEMERAL_DIVISOR) {
                return false;
            } else if (waitingChars > 0 && waitingChars + json.length() > charsMax) {
                full = true;
                discard();
            } else {
                waiting.add(json);
                waitingChars += json.length();
                return true;
            }
        } finally {
            lock.unlock();
        }
        if (full) {
            wire.close(CloseCode.SLOW_CONSUMER);
            return false;
        }
        wire.write(json, this);
        return true;
    }

    /** Characters that wait to be written. */
    long waitingChars() {
        return waitingChars;
    }

    /** Takes nothing more, writes what waits and then closes the socket. */
    void close(CloseCode code) {
        lock.lock();
        try {
            if (!open) {
                return;
            }
            open = false;
            if (writing) {
                closeWhenEmpty = code;
                return;
            }
        } finally {
            lock.unlock();
        }
        wire.close(code);
    }

    /** The socket is gone: drops what waits. */
    void disconnected() {
        lock.lock();
        try {
            discard();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until at most a quarter of the bound is taken, so that a reader of much is paced and not disconnected; one that
     * takes longer than {@code timeout} is.
     *
     * @return false when the outbox is closed
     */
    boolean awaitRoom(Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long nanos = timeout.toNanos();
            while (open && nanos > 0 && waitingChars > charsMax / 4) {
                nanos = taken.awaitNanos(nanos);
            }
            if (!open || nanos > 0) {
                return open;
            }
            discard();
        } finally {
            lock.unlock();
        }
        wire.close(CloseCode.SLOW_CONSUMER);
        return false;
    }

    private void writeNext() {
        String frame;
        CloseCode closeNow = null;
        lock.lock();
        try {
            frame = nextFrame();
            if (frame == null) {
                writing = false;
                closeNow = closeWhenEmpty;
            }
            taken.signalAll();
        } finally {
            lock.unlock();
        }
        if (frame != null) {
            wire.write(frame, this);
        } else if (closeNow != null) {
            wire.close(closeNow);
        }
    }

    @Override
    public void written(@Nullable Throwable failure) {
        if (failure == null) {
            writeNext();
        } else {
            disconnected();
            wire.close(CloseCode.UNAVAILABLE);
        }
    }

    private @Nullable String nextFrame() {
        String first = waiting.poll();
        if (first == null) {
            return null;
        }
        waitingChars -= first.length();
        String next = waiting.peek();
        if (next == null || first.length() + next.length() >= FRAME_CHARS) {
            return first;
        }
        StringBuilder frame =
                new StringBuilder(Math.min(FRAME_CHARS, (int) (first.length() + waitingChars + waiting.size())));
        frame.append(first);
        while (next != null && frame.length() + next.length() < FRAME_CHARS) {
            frame.append('\n').append(next);
            waiting.remove();
            waitingChars -= next.length();
            next = waiting.peek();
        }
        return frame.toString();
    }

    private void discard() {
        open = false;
        waiting.clear();
        waitingChars = 0;
        taken.signalAll();
    }
}
