package io.chatcluster.chat.delivery;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Looks from time to time whether the log or the store know more than Redis brought, rarely while Redis is healthy and
 * often while it is not, and closes feeds nobody listens to.
 */
final class HubChecks implements Runnable {

    private static final Duration FEED_KEPT = Duration.ofSeconds(30);
    /** Reads started per run: many rooms are looked at more slowly rather than all at once. */
    private static final int STARTED_MAX = 400;
    /** Those that miss nothing, as far as they know, are looked through in each so many runs: more of them are asked about together. */
    private static final int UNHURRIED_RUNS = 5;
    /** Those that missed something and need not wait for a run. */
    static final int AT_ONCE_MAX = 100;

    private static final Logger LOG = Logger.getLogger(HubChecks.class);

    private final HubTimes times;
    private final Broker broker;
    private final ConcurrentHashMap<RoomId, RoomFeed> feeds;
    private final LookRound<RoomFeed> feedRound;
    private final LookRound<OnlineUser> userRound;
    private final SharedLooks shared;
    private final AtomicBoolean hurried = new AtomicBoolean();
    private int runs;
    private final AtomicInteger atOnce = new AtomicInteger(AT_ONCE_MAX);

    HubChecks(
            HubTimes times,
            Broker broker,
            ConcurrentHashMap<RoomId, RoomFeed> feeds,
            ConcurrentHashMap<UserId, OnlineUser> users,
            SharedLooks shared) {
        this.times = times;
        this.broker = broker;
        this.feeds = feeds;
        this.feedRound = new LookRound<>(feeds.values(), STARTED_MAX);
        this.userRound = new LookRound<>(users.values(), STARTED_MAX);
        this.shared = shared;
    }

    /**
     * Has it look at once, unless many others do: all rooms miss something in the same moment when a shard comes back. Never
     * blocks.
     */
    void missed(Checked one) {
        if (atOnce.decrementAndGet() >= 0) {
            one.check();
        } else {
            hurry();
        }
    }

    /** Some missed something: has the next run find them. */
    void hurry() {
        hurried.set(true);
    }

    @Override
    public void run() {
        try {
            atOnce.set(AT_ONCE_MAX);
            boolean unhurried = ++runs % UNHURRIED_RUNS == 0;
            if (unhurried) {
                closeUnused();
            }
            // Which shards carry a channel is worked out for thousands of them only while it matters.
            boolean unhealthy = !broker.shards().stream().allMatch(Broker.ShardStatus::connected);
            if (hurried.getAndSet(false) || unhealthy || unhurried) {
                shared.start(due(feedRound, times.tailHealthy(), times.tailUnhealthy(), unhealthy));
                due(userRound, times.roomsHealthy(), times.roomsUnhealthy(), unhealthy)
                        .forEach(OnlineUser::check);
            }
        } catch (RuntimeException e) {
            // An exception that leaves a scheduled task ends it for good.
            LOG.error("The periodic checks failed", e);
        }
    }

    private void closeUnused() {
        long since = System.nanoTime() - FEED_KEPT.toNanos();
        for (Map.Entry<RoomId, RoomFeed> entry : feeds.entrySet()) {
            if (entry.getValue().unusedSince(since)) {
                feeds.computeIfPresent(entry.getKey(), (room, feed) -> {
                    if (!feed.unusedSince(since)) {
                        return feed;
                    }
                    feed.close();
                    return null;
                });
            }
        }
    }

    private <C extends Checked> List<C> due(
            LookRound<C> round, Duration whileHealthy, Duration whileUnhealthy, boolean unhealthy) {
        long now = System.nanoTime();
        List<C> due = round.next(one -> one.look().due(now, whileHealthy.toNanos())
                || unhealthy && one.look().due(now, whileUnhealthy.toNanos()) && !broker.healthy(one.channel()));
        if (round.isFull(due)) {
            hurry();
        }
        return due;
    }
}
