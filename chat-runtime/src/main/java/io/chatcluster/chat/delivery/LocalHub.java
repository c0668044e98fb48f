package io.chatcluster.chat.delivery;

import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.message.MessageLog;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.LivePlaces;
import io.chatcluster.chat.room.LiveRooms;
import io.chatcluster.chat.room.Membership;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomStore;
import io.chatcluster.chat.room.UserId;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The connections of this pod and the rooms they listen to. */
@ApplicationScoped
public class LocalHub implements LivePlaces, LiveRooms {

    /** A client that missed more events than this is told so and pages the history instead. */
    public static final int RESUME_EVENTS_MAX = 1_000;

    private final ConcurrentHashMap<RoomId, RoomFeed> feeds = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UserId, OnlineUser> users = new ConcurrentHashMap<>();
    private final String origin = UUID.randomUUID().toString();
    private final AtomicLong recentCharacters = new AtomicLong();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("hub-ticker").daemon().factory());
    private final MessageLog log;
    private final Broker broker;
    private final RoomStore store;
    private final FeedMetrics metrics;
    private final HubChecks checks;

    @Inject
    public LocalHub(MessageLog log, Broker broker, RoomStore store, MeterRegistry registry) {
        this(log, broker, store, registry, HubTimes.DEFAULT);
    }

    public LocalHub(MessageLog log, Broker broker, RoomStore store, MeterRegistry registry, HubTimes times) {
        this.log = log;
        this.broker = broker;
        this.store = store;
        this.metrics = new FeedMetrics(registry);
        this.checks = new HubChecks(times, broker, feeds, users, new SharedLooks(log::goneOn));
        long tick = times.tick().toMillis();
        var unused = ticker.scheduleWithFixedDelay(checks, tick, tick, TimeUnit.MILLISECONDS);
    }

    /**
     * Offers every event after {@code afterSeq} that is committed, in order, then live ones as they come: dense,
     * without duplicates. The caller has authorised the user. Blocks while it reads what was missed: call on a
     * virtual thread.
     *
     * @param afterSeq the last sequence the connection has; at most {@link #RESUME_EVENTS_MAX} behind {@link #tail}
     * @throws ChatException {@code unavailable} when the log cannot be read
     */
    public Attachment attach(UserId user, RoomId room, long afterSeq, Outbox outbox) {
        RoomFeed feed = feeds.compute(room, (id, existing) -> {
            if (existing != null && !existing.failed()) {
                existing.use();
                return existing;
            }
            if (existing != null) {
                existing.close();
            }
            RoomFeed fresh = new RoomFeed(id, origin, log, newRecentEvents(), metrics, new Changes());
            fresh.open(broker, checks::missed);
            return fresh;
        });
        return feed.attach(user, afterSeq, outbox);
    }

    private RecentEvents newRecentEvents() {
        // Two bytes a character at worst: an eighth of the heap.
        return new RecentEvents(recentCharacters, Runtime.getRuntime().maxMemory() / 16);
    }

    /** The room's committed tail, read from the log when the room has no local connection. Blocks. */
    public long tail(RoomId room) {
        RoomFeed feed = feeds.get(room);
        return feed != null && !feed.failed() ? feed.tail() : log.tail(room).seq();
    }

    /**
     * A listener that hears when a user's rooms change.
     *
     * @param memberships the rooms before that
     */
    public record Online(Attachment attachment, List<Membership> memberships) {}

    /** Reads the user's rooms, and tells the listener when they change until the attachment is closed. Blocks. */
    public Online online(UserId user, UserListener listener) {
        OnlineUser online = users.compute(user, (id, existing) -> {
            OnlineUser present = existing;
            if (present == null) {
                present = new OnlineUser(id, origin, store, this::detach);
                present.open(broker, checks::hurry);
            }
            present.add(listener);
            return present;
        });
        AtomicBoolean closed = new AtomicBoolean();
        Attachment attachment = () -> {
            if (closed.compareAndSet(false, true)) {
                offline(user, listener);
            }
        };
        try {
            return new Online(attachment, online.memberships());
        } catch (ChatException e) {
            attachment.close();
            throw e;
        }
    }

    /** Whether a user who is connected here is in one of the rooms, as far as this pod has heard. */
    public boolean inAny(UserId user, Set<RoomId> rooms) {
        OnlineUser online = users.get(user);
        return online != null && online.inAny(rooms);
    }

    @Override
    public @Nullable Known find(UserId user, RoomId room) {
        OnlineUser online = users.get(user);
        return online == null ? null : online.place(room);
    }

    @Override
    public @Nullable Glance glance(RoomId room, UserId user, long read, int max) {
        RoomFeed feed = feeds.get(room);
        return feed == null ? null : feed.glance(user, read, max);
    }

    private void offline(UserId user, UserListener listener) {
        users.computeIfPresent(user, (id, online) -> {
            if (!online.removeLast(listener)) {
                return online;
            }
            online.close();
            return null;
        });
    }

    /** A batch this pod committed. Never blocks. */
    void committed(Batch batch) {
        RoomFeed feed = feeds.get(batch.room());
        if (feed != null) {
            feed.committed(batch);
        }
    }

    /** Offers it to those who listen to the room here, now or never. Never blocks. */
    void momentary(RoomId room, Momentary momentary) {
        RoomFeed feed = feeds.get(room);
        if (feed != null) {
            feed.momentary(momentary);
        }
    }

    /** Names this pod in what it sends to the others. */
    String origin() {
        return origin;
    }

    /** A membership this pod changed. Never blocks. */
    void changed(RoomId room, UserId user) {
        OnlineUser online = users.get(user);
        if (online != null) {
            online.changed(room);
        }
    }

    /** The user has read a room, which the user's own connections are told. Never blocks. */
    void read(RoomId room, UserId user, long seq) {
        OnlineUser online = users.get(user);
        if (online != null) {
            online.read(new OwnRead(room, seq));
        }
    }

    private void detach(RoomId room, UserId user) {
        RoomFeed feed = feeds.get(room);
        if (feed != null) {
            feed.detach(user);
        }
    }

    /** What rooms' events say about members, told to those that are online here. */
    private final class Changes implements FeedListener {

        @Override
        public void joined(RoomId room, UserId user) {
            LocalHub.this.changed(room, user);
        }

        @Override
        public void left(RoomId room, UserId user) {
            OnlineUser online = users.get(user);
            if (online != null) {
                online.left(room);
            }
        }

        @Override
        public void changed(RoomId room, UserId user) {
            LocalHub.this.changed(room, user);
        }

        @Override
        public void renamed(RoomId room, UserId user) {
            OnlineUser online = users.get(user);
            if (online != null) {
                online.renamed(room);
            }
        }
    }

    @PreDestroy
    public void close() {
        ticker.shutdownNow();
    }
}
