package io.chatcluster.chat.delivery;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.time.Duration;
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
            checkTails();
            checkRooms();
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

    private void checkTails() {
        long now = System.nanoTime();
        int started = 0;
        for (RoomFeed feed : feeds.values()) {
            if (feed.checkDue(now, times.tailUnhealthy().toNanos())) {
                boolean due = feed.checkDue(now, times.tailHealthy().toNanos()) || !broker.healthy(feed.channel());
                if (due && started++ < STARTED_MAX) {
                    feed.check();
                }
            }
        }
    }

    private void checkRooms() {
        long now = System.nanoTime();
        int started = 0;
        for (OnlineUser user : users.values()) {
            if (user.checkDue(now, times.roomsUnhealthy().toNanos())) {
                boolean due = user.checkDue(now, times.roomsHealthy().toNanos()) || !broker.healthy(user.channel());
                if (due && started++ < STARTED_MAX) {
                    user.check();
                }
            }
        }
    }
}
