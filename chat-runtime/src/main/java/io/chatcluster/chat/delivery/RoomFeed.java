package io.chatcluster.chat.delivery;

import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.message.EventBody;
import io.chatcluster.chat.message.MessageLog;
import io.chatcluster.chat.message.RoomChange;
import io.chatcluster.chat.message.ShownEvents;
import io.chatcluster.chat.message.StoredEvent;
import io.chatcluster.chat.message.Tail;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.LiveRooms;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The room as this pod's connections see it: every committed event once, in order. Batches come from this pod's own
 * writer and from Redis, in any order and more than once; whatever is missing is read from the log.
 */
final class RoomFeed implements Checked {

    private static final Logger LOG = Logger.getLogger(RoomFeed.class);
    private static final int READ_EVENTS = 2_000;

    private final RoomId room;
    private final String origin;
    private final MessageLog log;
    private final RecentEvents recent;
    private final FeedMetrics metrics;
    private final Mailbox mailbox;
    private final FeedConnections connections = new FeedConnections();
    private final FeedChanges changes;
    private final NextLook look = new NextLook();
    private final Unheard unheard;
    private final CompletableFuture<Long> opened = new CompletableFuture<>();

    private volatile long tail;
    private @Nullable Attachment subscription;

    /** @param origin names this pod in what it sends to the others */
    RoomFeed(
            RoomId room,
            String origin,
            MessageLog log,
            RecentEvents recent,
            FeedMetrics metrics,
            FeedListener listener) {
        this.room = room;
        this.origin = origin;
        this.log = log;
        this.recent = recent;
        this.metrics = metrics;
        this.unheard = new Unheard(metrics);
        this.changes = new FeedChanges(room, connections, listener);
        this.mailbox = new Mailbox("feed", room);
    }

    @Override
    public String channel() {
        return Payload.channel(room);
    }

    /** Reads where the room is and begins to listen; called once. What is {@code missed} is told there. */
    void open(Broker broker, Consumer<Checked> missed) {
        var unused = opened.completeAsync(this::begin, mailbox);
        subscription = broker.subscribe(channel(), new Broker.Subscriber() {
            @Override
            public void message(String payload) {
                received(payload);
            }

            @Override
            public void interrupted() {
                look.missed();
                missed.accept(RoomFeed.this);
            }
        });
    }

    private long begin() {
        Tail last = log.tail(room);
        tail = last.seq();
        Optional.ofNullable(last.batch()).ifPresent(recent::add);
        return tail;
    }

    /** Whether it could not find out where the room is. */
    boolean failed() {
        return opened.isCompletedExceptionally();
    }

    /** The last sequence that is delivered. Blocks until the room's tail has been read. */
    long tail() {
        return Math.max(Mailbox.join(opened), tail);
    }

    /** A batch this pod committed. Never blocks. */
    void committed(Batch batch) {
        mailbox.executeAtOnce(() -> deliver(batch));
    }

    private void received(String payload) {
        if (Momentary.is(payload)) {
            Momentary.decode(payload, origin).ifPresent(this::momentary);
            return;
        }
        // Each batch comes once per shard, and this pod's own have been delivered already: most end here.
        long lastSeq = Payload.lastSeq(payload);
        if (lastSeq <= tail) {
            unheard.heard(lastSeq);
        } else {
            mailbox.executeAtOnce(() -> {
                Batch batch = Payload.decode(room, payload);
                if (batch != null) {
                    deliver(batch);
                }
            });
        }
    }

    /** Never blocks. */
    private void deliver(Batch batch) {
        unheard.heard(batch.lastSeq());
        if (!opened.isDone() || failed() || batch.lastSeq() <= tail) {
            return;
        }
        if (batch.firstSeq() == tail + 1) {
            accept(batch, Batch.slice(List.of(batch), 0, Long.MAX_VALUE));
        } else {
            mailbox.execute(() -> readUpTo(batch.lastSeq()));
        }
    }

    private void readUpTo(long seq) {
        if (seq > tail) {
            readOn();
            unheard.count();
        } else {
            unheard.heard(seq);
        }
    }

    /**
     * Offers the batch, and what changes who is there in the middle of it counts from there on.
     *
     * @param shown its events as they are shown
     */
    private void accept(Batch batch, List<StoredEvent> shown) {
        tail = batch.lastSeq();
        recent.add(batch);
        int offered = 0;
        for (int i = 0; i < shown.size(); i++) {
            Optional<RoomChange> change = EventBody.change(batch.events().get(i));
            if (change.isPresent()) {
                offer(shown.subList(offered, i + 1), batch.time());
                offered = i + 1;
                changes.apply(change.get());
            }
        }
        offer(shown.subList(offered, shown.size()), batch.time());
    }

    private void offer(List<StoredEvent> events, long time) {
        if (!events.isEmpty() && !connections.isEmpty()) {
            metrics.delivered(events.size(), connections.offer(Push.encode(room, events)), time);
        }
    }

    /** What is of use now or never, offered to all who are connected. Never blocks. */
    void momentary(Momentary momentary) {
        mailbox.executeAtOnce(() -> connections.offerMomentary(momentary));
    }

    /** Delivers what the log has after the tail. */
    private void readOn() {
        try {
            readAll();
        } catch (ChatException e) {
            LOG.debugf("room %s: the log did not answer, the next check reads it: %s", room, e.getMessage());
            look.failed();
        }
    }

    private void readAll() {
        List<Batch> batches = log.forward(room, tail + 1, READ_EVENTS);
        while (!batches.isEmpty()) {
            acceptLate(batches);
            batches = log.forward(room, tail + 1, READ_EVENTS);
        }
        look.done();
    }

    private void acceptLate(List<Batch> batches) {
        List<StoredEvent> shown = ShownEvents.among(Batch.slice(batches, 0, Long.MAX_VALUE));
        int from = 0;
        for (Batch batch : batches) {
            int to = from + batch.events().size();
            unheard.read(batch);
            accept(batch, shown.subList(from, to));
            from = to;
        }
    }

    /** Looks whether the log has more. */
    @Override
    public void check() {
        look.soon(mailbox, () -> {
            unheard.count();
            if (opened.isDone() && !failed()) {
                readOn();
            }
        });
    }

    @Override
    public NextLook look() {
        return look;
    }

    RoomId room() {
        return room;
    }

    /** What is delivered; none while that is not known, or while only a look of its own tells what is missed. */
    OptionalLong knownTail() {
        return opened.isDone() && !failed() && unheard.isEmpty() ? OptionalLong.of(tail) : OptionalLong.empty();
    }

    /** As {@link LiveRooms#glance}. */
    LiveRooms.@Nullable Glance glance(UserId user, long read, int max) {
        return mailbox.await(() -> opened.isDone() && !failed() && recent.reachesBackTo(read, tail)
                ? new LiveRooms.Glance(tail, recent.unread(user, read, max))
                : null);
    }

    /** Offers everything after {@code afterSeq}, then what comes. Blocks. */
    Attachment attach(UserId user, long afterSeq, Outbox outbox) {
        FeedAttachment attachment = new FeedAttachment(user, outbox);
        long have = afterSeq;
        while (!attachment.closed()) {
            long known = tail();
            long from = have;
            if (mailbox.await(() -> join(attachment, from))) {
                break;
            }
            // More than is kept here: read it on the caller's thread, while the room goes on for the others.
            List<StoredEvent> missed = log.after(room, have, LocalHub.RESUME_EVENTS_MAX);
            Push.encodeInParts(room, ShownEvents.among(missed)).forEach(attachment::offer);
            // Nothing means that all of it has expired.
            have = missed.isEmpty() ? known : missed.getLast().seq();
        }
        return () -> {
            attachment.close();
            mailbox.execute(() -> connections.remove(attachment));
        };
    }

    private boolean join(FeedAttachment attachment, long have) {
        if (have > tail) {
            // The connection has more, from another pod or the log, than Redis has brought here so far.
            readAll();
        }
        if (!recent.reachesBackTo(have, tail)) {
            return false;
        }
        Push.encodeInParts(room, ShownEvents.among(recent.after(have))).forEach(attachment::offer);
        connections.add(attachment);
        return true;
    }

    /** Ends the user's attachments; nothing is offered to them once this is done. */
    void detach(UserId user) {
        mailbox.execute(() -> connections.end(user));
    }

    /** Counts as use: the feed is not closed within the next seconds. */
    void use() {
        connections.use();
    }

    boolean unusedSince(long nanoTime) {
        return connections.unusedSince(nanoTime);
    }

    void close() {
        if (subscription != null) {
            subscription.close();
        }
        mailbox.execute(recent::clear);
    }
}
