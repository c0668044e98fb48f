package io.chatcluster.chat.session;

import io.chatcluster.chat.delivery.OfferKind;
import io.chatcluster.chat.delivery.Outbox;
import io.chatcluster.chat.protocol.CloseCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one socket, bounded in size. One write is under way at a time; whatever is offered before the
 * socket takes it goes along in the same text frame, one object per line, and what is offered later goes in the next. A reader
 * that lets the queue run full is disconnected.
 */
final class SocketOutbox implements Outbox, Wire.Source {
    /** The size up to which waiting objects share a frame. */
    private static final int FRAME_CHARS = 65_536;
    /** The part of the bound above which momentary objects are left out, so that they never take a required one's room. */
    private static final int EPHEMERAL_DIVISOR = 4;

    private final Wire wire;
    private final int charsMax;
    private final Runnable overrun;

    private final ArrayDeque<String> waiting = new ArrayDeque<>(1);
    /** Of the due object and those that wait: 0 says that there are none, without a look at the queue. */
    private volatile long waitingChars;
    /** Those who wait for room. */
    private int paced;
    /** The first object of the write that is under way, until the socket takes it. */
    private String due = "";

    private boolean writing;
    private boolean open = true;
    private @Nullable CloseCode closeWhenEmpty;

    /**
     * @param charsMax the most characters that wait; a single larger object passes when nothing else waits
     * @param overrun is told that the reader is disconnected for its slowness; must not block
     */
    SocketOutbox(Wire wire, int charsMax, Runnable overrun) {
        this.wire = wire;
        this.charsMax = charsMax;
        this.overrun = overrun;
    }

    @Override
    public boolean offer(String json, OfferKind kind) {
        boolean full = false;
        synchronized (this) {
            if (!open) {
                return false;
            }
            if (!writing) {
                // Nothing waits while nothing is under way.
                writing = true;
                due = json;
                waitingChars += json.length();
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
        }
        if (full) {
            closeSlow();
            return false;
        }
        wire.write(this);
        return true;
    }

    /** Characters that wait to be written. */
    long waitingChars() {
        return waitingChars;
    }

    /** Takes nothing more, writes what waits and then closes the socket. */
    void close(CloseCode code) {
        synchronized (this) {
            if (!open) {
                return;
            }
            open = false;
            if (writing) {
                closeWhenEmpty = code;
                return;
            }
        }
        wire.close(code);
    }

    /** The socket is gone: drops what waits. */
    synchronized void disconnected() {
        discard();
    }

    /**
     * Waits until at most a quarter of the bound is taken, so that a reader of much is paced and not disconnected; one that
     * takes longer than {@code timeout} is.
     *
     * @return false when the outbox is closed
     */
    boolean awaitRoom(Duration timeout) throws InterruptedException {
        synchronized (this) {
            if (waitForRoom(System.nanoTime() + timeout.toNanos())) {
                return open;
            }
            discard();
        }
        closeSlow();
        return false;
    }

    private void closeSlow() {
        wire.close(CloseCode.SLOW_CONSUMER);
        overrun.run();
    }

    /** @return false when there is none by then */
    private synchronized boolean waitForRoom(long deadline) throws InterruptedException {
        paced++;
        try {
            long left = deadline - System.nanoTime();
            while (open && left > 0 && waitingChars > charsMax / 4) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = deadline - System.nanoTime();
            }
            return !open || waitingChars <= charsMax / 4;
        } finally {
            paced--;
        }
    }

    @Override
    public synchronized String take() {
        String first = due;
        due = "";
        // Nothing is counted any more when it was discarded meanwhile.
        waitingChars = Math.max(0, waitingChars - first.length());
        String frame = waitingChars == 0 ? first : withWhatWaits(first);
        if (paced > 0) {
            notifyAll();
        }
        return frame;
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

    private void writeNext() {
        boolean more;
        CloseCode closeNow = null;
        synchronized (this) {
            String first = waitingChars == 0 ? null : waiting.poll();
            if (first == null) {
                closeNow = closeWhenEmpty;
            } else {
                due = first;
            }
            more = first != null;
            writing = more;
        }
        if (more) {
            wire.write(this);
        } else if (closeNow != null) {
            wire.close(closeNow);
        }
    }

    /** The object, together with as many of those that wait as share its frame. */
    private String withWhatWaits(String first) {
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
        notifyAll();
    }
}
