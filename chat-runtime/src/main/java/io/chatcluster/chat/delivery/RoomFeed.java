package io.chatcluster.chat.delivery;

import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.message.EventBody;
import io.chatcluster.chat.message.MessageLog;
import io.chatcluster.chat.message.RoomChange;
import io.chatcluster.chat.message.StoredEvent;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The room as this pod's connections see it: every committed event once, in order. Batches come from this pod's own
 * writer and from Redis, in any order and more than once; whatever is missing is read from the log.
 */
final class RoomFeed {

    private static final Logger LOG = Logger.getLogger(RoomFeed.class);
    private static final int READ_EVENTS = 2_000;

    private final RoomId room;
    private final String channel;
    private final MessageLog log;
    private final RecentEvents recent;
    private final FeedMetrics metrics;
    private final FeedListener listener;
    private final Mailbox mailbox;
    private final double jitter = ThreadLocalRandom.current().nextDouble();
    private final AtomicBoolean checking = new AtomicBoolean();
    private final CompletableFuture<Long> opened = new CompletableFuture<>();

    private volatile long tail;
    private volatile long checkedAt = System.nanoTime();
    private volatile long usedAt = System.nanoTime();
    private volatile int connections;
    private @Nullable Attachment subscription;

    /** Touched only in the mailbox. */
    private final List<FeedAttachment> attached = new ArrayList<>();

    RoomFeed(RoomId room, MessageLog log, RecentEvents recent, FeedMetrics metrics, FeedListener listener) {
        this.room = room;
        this.channel = Payload.channel(room);
        this.log = log;
        this.recent = recent;
        this.metrics = metrics;
        this.listener = listener;
        this.mailbox = new Mailbox("feed-" + room);
    }

    String channel() {
        return channel;
    }

    /** Reads where the room is and begins to listen; called once. */
    void open(Broker broker) {
        mailbox.execute(() -> {
            try {
                log.last(room).ifPresent(batch -> {
                    tail = batch.lastSeq();
                    recent.add(batch);
                });
                opened.complete(tail);
            } catch (ChatException e) {
                opened.completeExceptionally(e);
            }
        });
        subscription = broker.subscribe(channel, new Broker.Subscriber() {
            @Override
            public void message(String payload) {
                received(payload);
            }

            @Override
            public void interrupted() {
                check();
            }
        });
    }

    /** Whether it could not find out where the room is. */
    boolean failed() {
        return opened.isCompletedExceptionally();
    }

    /** The last sequence that is delivered. Blocks until the room's tail has been read. */
    long tail() {
        try {
            return Math.max(opened.join(), tail);
        } catch (CompletionException e) {
            throw e.getCause() instanceof ChatException failure ? failure : e;
        }
    }

    /** A batch this pod committed. */
    void committed(Batch batch) {
        mailbox.execute(() -> deliver(batch));
    }

    private void received(String payload) {
        if (Signal.is(payload)) {
            mailbox.execute(() -> signalled(payload));
            return;
        }
        // Each batch comes once per shard, and this pod's own have been delivered already: most end here.
        if (Payload.lastSeq(payload) > tail) {
            mailbox.execute(() -> {
                Batch batch = Payload.decode(room, payload);
                if (batch != null) {
                    deliver(batch);
                }
            });
        }
    }

    private void signalled(String payload) {
        Signal signal = Signal.decode(payload);
        if (signal != null) {
            attached.stream()
                    .filter(attachment -> !attachment.user().equals(signal.from()))
                    .forEach(attachment -> attachment.offerMomentary(signal.push()));
        }
    }

    private void deliver(Batch batch) {
        if (!opened.isDone() || failed() || batch.lastSeq() <= tail) {
            return;
        }
        if (batch.firstSeq() == tail + 1) {
            accept(batch);
        } else {
            readOn();
        }
    }

    private void accept(Batch batch) {
        tail = batch.lastSeq();
        recent.add(batch);
        if (!attached.isEmpty()) {
            String push = Push.encode(room, Batch.slice(List.of(batch), 0, Long.MAX_VALUE));
            for (FeedAttachment attachment : attached) {
                attachment.offer(push);
            }
            metrics.delivered(batch.events().size(), attached.size());
            removeIf(FeedAttachment::closed);
        }
        batch.events().forEach(body -> EventBody.change(body).ifPresent(this::apply));
    }

    private void apply(RoomChange change) {
        switch (change) {
            case RoomChange.Joined(UserId user) -> listener.joined(room, user);
            case RoomChange.RoleChanged(UserId user) -> listener.changed(room, user);
            case RoomChange.Left(UserId user) -> {
                end(attachment -> attachment.user().equals(user));
                listener.left(room, user);
            }
            case RoomChange.Renamed() -> users().forEach(user -> listener.renamed(room, user));
            case RoomChange.Deleted() -> {
                Set<UserId> users = users();
                end(attachment -> true);
                users.forEach(user -> listener.left(room, user));
            }
        }
    }

    private Set<UserId> users() {
        return attached.stream().map(FeedAttachment::user).collect(Collectors.toSet());
    }

    private void end(Predicate<FeedAttachment> condition) {
        attached.stream().filter(condition).forEach(FeedAttachment::close);
        removeIf(FeedAttachment::closed);
    }

    /** Delivers what the log has after the tail. */
    private void readOn() {
        try {
            boolean found = false;
            List<Batch> batches = log.forward(room, tail + 1, READ_EVENTS);
            while (!batches.isEmpty()) {
                found = true;
                batches.forEach(this::accept);
                batches = log.forward(room, tail + 1, READ_EVENTS);
            }
            checkedAt = System.nanoTime();
            if (found) {
                metrics.repaired();
            }
        } catch (ChatException e) {
            LOG.debugf("room %s: the log did not answer, the next check reads it: %s", room, e.getMessage());
        }
    }

    /** Looks soon whether the log has more. One look at a time is enough. */
    void check() {
        if (checking.compareAndSet(false, true)) {
            mailbox.execute(() -> {
                checking.set(false);
                if (opened.isDone() && !failed()) {
                    readOn();
                }
            });
        }
    }

    /** Whether the last look is longer ago than between one and two times the period. */
    boolean checkDue(long now, long periodNanos) {
        return now - checkedAt > periodNanos + (long) (periodNanos * jitter) && !checking.get();
    }

    /** Offers everything after {@code afterSeq}, then what comes. Blocks. */
    Attachment attach(UserId user, long afterSeq, Outbox outbox) {
        FeedAttachment attachment = new FeedAttachment(user, outbox);
        long have = Math.min(afterSeq, tail());
        while (!attachment.closed() && !join(attachment, have)) {
            // More than is kept here: read it on the caller's thread, while the room goes on for the others.
            List<StoredEvent> missed = log.after(room, have, LocalHub.RESUME_EVENTS_MAX);
            if (missed.isEmpty()) {
                throw new IllegalStateException("room " + room + ": no event after " + have + " and a tail of " + tail);
            }
            Push.encodeInParts(room, missed).forEach(attachment::offer);
            have = missed.getLast().seq();
        }
        return () -> {
            attachment.close();
            mailbox.execute(() -> removeIf(a -> a == attachment));
        };
    }

    private boolean join(FeedAttachment attachment, long have) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            if (!recent.reachesBackTo(have, tail)) {
                                return false;
                            }
                            Push.encodeInParts(room, recent.after(have)).forEach(attachment::offer);
                            attached.add(attachment);
                            connections = attached.size();
                            usedAt = System.nanoTime();
                            return true;
                        },
                        mailbox)
                .join();
    }

    /** Ends the user's attachments; nothing is offered to them once this is done. */
    void detach(UserId user) {
        mailbox.execute(() -> end(attachment -> attachment.user().equals(user)));
    }

    private void removeIf(Predicate<FeedAttachment> condition) {
        attached.removeIf(condition);
        connections = attached.size();
        usedAt = System.nanoTime();
    }

    /** Counts as use: the feed is not closed within the next seconds. */
    void use() {
        usedAt = System.nanoTime();
    }

    boolean unusedSince(long nanoTime) {
        return connections == 0 && usedAt - nanoTime < 0;
    }

    void close() {
        if (subscription != null) {
            subscription.close();
        }
        mailbox.execute(recent::clear);
    }
}
