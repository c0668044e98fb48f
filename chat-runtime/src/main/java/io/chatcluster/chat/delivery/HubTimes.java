package io.chatcluster.chat.delivery;

import java.time.Duration;

/**
 * How often a pod looks whether the log or the store know more than Redis brought. The periods are jittered up to their
 * double.
 *
 * @param tick how often it sees what is due while anything is amiss; a fifth as often otherwise
 * @param tailHealthy from one look at a room's log to the next while Redis is healthy
 * @param tailUnhealthy the same while it is not
 * @param roomsHealthy from one look at a connected user's rooms to the next while Redis is healthy
 * @param roomsUnhealthy the same while it is not
 */
public record HubTimes(
        Duration tick, Duration tailHealthy, Duration tailUnhealthy, Duration roomsHealthy, Duration roomsUnhealthy) {

    public static final HubTimes DEFAULT = new HubTimes(
            Duration.ofMillis(200),
            Duration.ofMillis(4_500),
            Duration.ofMillis(500),
            // A read for each connected user: what it repairs is a lost notice that somebody was added to a room.
            Duration.ofMinutes(5),
            Duration.ofSeconds(4));
}
