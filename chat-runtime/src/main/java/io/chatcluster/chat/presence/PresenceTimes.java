package io.chatcluster.chat.presence;

import java.time.Duration;

/**
 * How fast presence follows what happens.
 *
 * @param heartbeat how often a pod says again what its users do
 * @param timeToLive how long what a pod said counts
 * @param awayAfter without a command from any device
 * @param graceMin how long at least a user may have no connection before they are offline
 * @param graceMax how long at most; each user's is drawn in between
 * @param silence how long a user may still be there of whom no pod says anything any more: it may be that Redis lost
 *     everything, and all pods have to find it again and to say it again
 * @param poll how often a pod looks at those its users watch, should it have missed that they changed
 */
public record PresenceTimes(
        Duration heartbeat,
        Duration timeToLive,
        Duration awayAfter,
        Duration graceMin,
        Duration graceMax,
        Duration silence,
        Duration poll) {

    /** Of a cluster in service. */
    static final PresenceTimes DEFAULT = new PresenceTimes(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(12));
}
