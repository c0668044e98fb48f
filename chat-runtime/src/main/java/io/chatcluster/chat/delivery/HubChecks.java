package io.chatcluster.chat.delivery;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    /** Those that missed something and need not wait for a run. */
    static final int AT_ONCE_MAX = 100;

    private static final Logger LOG = Logger.getLogger(HubChecks.class);

    private final HubTimes times;
    private final Broker broker;
    private final ConcurrentHashMap<RoomId, RoomFeed> feeds;
    private final LookRound feedRound;
    private final LookRound userRound;
    private final AtomicInteger atOnce = new AtomicInteger(AT_ONCE_MAX);

    HubChecks(
            HubTimes times,
            Broker broker,
            ConcurrentHashMap<RoomId, RoomFeed> feeds,
            ConcurrentHashMap<UserId, OnlineUser> users) {
        this.times = times;
        this.broker = broker;
        this.feeds = feeds;
        this.feedRound = new LookRound(feeds.values(), STARTED_MAX);
        this.userRound = new LookRound(users.values(), STARTED_MAX);
    }

    /**
     * Has it look at once, unless many others do: all rooms miss something in the same moment when a shard comes back. Never
     * blocks.
     */
    void missed(Checked one) {
        if (atOnce.decrementAndGet() >= 0) {
            one.check();
        }
    }

    @Override
    public void run() {
        try {
            atOnce.set(AT_ONCE_MAX);
            closeUnused();
            // Which shards carry a channel is worked out for thousands of them only while it matters.
            boolean unhealthy = !broker.shards().stream().allMatch(Broker.ShardStatus::connected);
            check(feedRound, times.tailHealthy(), times.tailUnhealthy(), unhealthy);
            check(userRound, times.roomsHealthy(), times.roomsUnhealthy(), unhealthy);
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

    private void check(LookRound round, Duration whileHealthy, Duration whileUnhealthy, boolean unhealthy) {
        long now = System.nanoTime();
        round.run(one -> one.checkDue(now, whileHealthy.toNanos())
                || unhealthy && one.checkDue(now, whileUnhealthy.toNanos()) && !broker.healthy(one.channel()));
    }
}
