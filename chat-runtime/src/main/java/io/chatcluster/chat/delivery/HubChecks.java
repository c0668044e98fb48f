package io.chatcluster.chat.delivery;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Looks from time to time whether the log or the store know more than Redis brought, rarely while Redis is healthy and
 * often while it is not, and closes feeds nobody listens to.
 */
final class HubChecks implements Runnable {

    private static final Duration FEED_KEPT = Duration.ofSeconds(30);
    /** Reads started per run: many rooms are looked at more slowly rather than all at once. */
    private static final int STARTED_MAX = 400;

    private static final Logger LOG = Logger.getLogger(HubChecks.class);

    private final HubTimes times;
    private final Broker broker;
    private final ConcurrentHashMap<RoomId, RoomFeed> feeds;
    private final ConcurrentHashMap<UserId, OnlineUser> users;

    HubChecks(
            HubTimes times,
            Broker broker,
            ConcurrentHashMap<RoomId, RoomFeed> feeds,
            ConcurrentHashMap<UserId, OnlineUser> users) {
        this.times = times;
        this.broker = broker;
        this.feeds = feeds;
        this.users = users;
    }

    @Override
    public void run() {
        try {
            closeUnused();
            // Which shards carry a channel is worked out for thousands of them only while it matters.
            boolean unhealthy = !broker.shards().stream().allMatch(Broker.ShardStatus::connected);
            check(feeds.values(), times.tailHealthy(), times.tailUnhealthy(), unhealthy);
            check(users.values(), times.roomsHealthy(), times.roomsUnhealthy(), unhealthy);
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

    private void check(
            Collection<? extends Checked> all, Duration whileHealthy, Duration whileUnhealthy, boolean unhealthy) {
        long now = System.nanoTime();
        int started = 0;
        for (Checked one : all) {
            boolean due = one.checkDue(now, whileHealthy.toNanos())
                    || unhealthy && one.checkDue(now, whileUnhealthy.toNanos()) && !broker.healthy(one.channel());
            if (due && started++ < STARTED_MAX) {
                one.check();
            }
        }
    }
}
