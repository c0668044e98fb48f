package io.chatcluster.chat.message;

import io.chatcluster.chat.message.WriterTelemetry.OpenAppend;
import io.chatcluster.chat.operations.WorkInProgress;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomId;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Group commit for one room on this pod: one batch is in flight, and everything that arrives meanwhile goes in the next.
 *
 * <p>Where nothing but the log's answer is to be waited for, no thread does: whoever brings an event puts the batch, and the
 * event loop that hears the answer goes on. To hand each over to a thread and back would cost more than to commit it does.
 * All else, which is to find out where the log ends, to lose a place to another pod, or to hear nothing, is for a virtual
 * thread that lasts as long as that.
 */
final class RoomWriter {

    private static final Logger LOG = Logger.getLogger(RoomWriter.class);

    private final RoomId room;
    private final MessageLog log;
    private final CommitListener listener;
    private final WriterTelemetry telemetry;

    private final WaitingEvents waiting = new WaitingEvents();
    private final WorkInProgress work = new WorkInProgress(waiting::haveArrived, this::goOn);
    private volatile long lastUsed = System.nanoTime();

    // Only who is at work touches these.
    private final RoomPosition position;
    private final WriteTurn turn = new WriteTurn();

    RoomWriter(RoomId room, MessageLog log, CommitListener listener, WriterTelemetry telemetry) {
        this.room = room;
        this.log = log;
        this.listener = listener;
        this.telemetry = telemetry;
        this.position = new RoomPosition(room, log);
    }

    /**
     * Takes the event in, for a {@link #wake} to follow; never blocks.
     *
     * @throws ChatException {@code rate_limited} when too much waits already
     */
    void submit(PendingEvent event) {
        lastUsed = System.nanoTime();
        waiting.add(event);
    }

    boolean idleSince(long nanoTime) {
        return waiting.count() == 0 && !work.underWay() && lastUsed - nanoTime < 0;
    }

    int waiting() {
        return waiting.count();
    }

    /** Begins to commit what waits, unless that is under way. Never blocks. */
    void wake() {
        work.wake();
    }

    /** Never blocks. */
    private void goOn() {
        try {
            if (waiting.isEmpty()) {
                work.end();
            } else if (!putAtOnce()) {
                onThread(() -> {});
            }
        } catch (Throwable e) {
            failed(e);
            work.end();
        }
    }

    /** Puts the next batch if nothing but the answer is to be waited for. Never blocks. */
    private boolean putAtOnce() {
        if (turn.contested() || !position.certain() || !waiting.fill(position, false)) {
            return false;
        }
        OpenAppend open = open();
        if (!log.tryAppend(open.batch(), outcome -> answered(open, outcome))) {
            onThread(() -> append(open));
        }
        return true;
    }

    private void answered(OpenAppend open, Optional<Append> answer) {
        try {
            switch (answer.orElse(null)) {
                case Append.Committed committed -> {
                    telemetry.ended(open, committed);
                    long pause = committed(open.batch());
                    if (pause > 0) {
                        onThread(() -> LockSupport.parkNanos(pause));
                    } else {
                        goOn();
                    }
                }
                case Append.Lost lost -> {
                    telemetry.ended(open, lost);
                    onThread(() -> lost(open.batch(), lost));
                }
                case null -> onThread(() -> append(open));
            }
        } catch (Throwable e) {
            failed(e);
            work.end();
        }
    }

    /** Commits what waits on a thread that may block, after that step. */
    private void onThread(Runnable first) {
        Thread.ofVirtual().name("writer-" + room).start(() -> flush(first));
    }

    private void flush(Runnable first) {
        boolean put = false;
        try {
            step(first);
            while (!put && !waiting.isEmpty()) {
                put = putAtOnce();
                if (!put) {
                    step(this::commitNext);
                }
            }
        } catch (Throwable e) {
            failed(e);
        }
        if (!put) {
            work.end();
        }
    }

    private void step(Runnable work) {
        try {
            work.run();
        } catch (ChatException e) {
            failAll(e);
        }
    }

    private void commitNext() {
        position.find();
        if (waiting.fill(position, true)) {
            append(open());
        }
    }

    private OpenAppend open() {
        var events = waiting.batch();
        turn.begin();
        return telemetry.begin(
                position.next(events.stream().map(PendingEvent::body).toList()), events);
    }

    private void append(OpenAppend open) {
        switch (telemetry.append(log, open)) {
            case Append.Committed() -> LockSupport.parkNanos(committed(open.batch()));
            case Append.Lost lost -> lost(open.batch(), lost);
        }
    }

    /** Returns for how many nanoseconds others have the turn. */
    private long committed(Batch batch) {
        position.learn(batch);
        waiting.committed(batch.firstSeq(), batch.time());
        listener.committed(batch);
        return turn.won(waiting.haveArrived());
    }

    private void lost(Batch batch, Append.Lost lost) {
        position.learn(lost.winner());
        if (turn.lost(batch, lost.winner())) {
            position.readOn();
        }
    }

    private void failed(Throwable fault) {
        LOG.errorf(fault, "The writer of room %s failed", room);
        failAll(fault);
    }

    private void failAll(Throwable failure) {
        telemetry.failed();
        position.doubt();
        waiting.failAll(failure);
    }
}
