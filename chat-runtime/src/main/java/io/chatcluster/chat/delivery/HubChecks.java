package io.chatcluster.chat.delivery;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Looks from time to time whether the log or the store know more than Redis brought, rarely while Redis is healthy and
 * often while it is not, and closes feeds nobody listens to. The periods are jittered up to their double.
 */
final class HubChecks implements Runnable {

    static final Duration TAIL_HEALTHY = Duration.ofSeconds(5);
    static final Duration TAIL_UNHEALTHY = Duration.ofMillis(500);
    static final Duration ROOMS_HEALTHY = Duration.ofSeconds(15);
    static final Duration ROOMS_UNHEALTHY = Duration.ofSeconds(4);
    private static final Duration FEED_KEPT = Duration.ofSeconds(30);
    /** Reads started per run: many rooms are looked at more slowly rather than all at once. */
    private static final int STARTED_MAX = 400;

    private static final Logger LOG = Logger.getLogger(HubChecks.class);

    private final Broker broker;
    private final ConcurrentHashMap<RoomId, RoomFeed> feeds;
    private final ConcurrentHashMap<UserId, OnlineUser> users;

    HubChecks(Broker broker, ConcurrentHashMap<RoomId, RoomFeed> feeds, ConcurrentHashMap<UserId, OnlineUser> users) {
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
            if (feed.checkDue(now, TAIL_UNHEALTHY.toNanos())) {
                boolean due = feed.checkDue(now, TAIL_HEALTHY.toNanos()) || !broker.healthy(feed.channel());
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
            if (user.checkDue(now, ROOMS_UNHEALTHY.toNanos())) {
                boolean due = user.checkDue(now, ROOMS_HEALTHY.toNanos()) || !broker.healthy(user.channel());
                if (due && started++ < STARTED_MAX) {
                    user.check();
                }
            }
        }
    }
}
