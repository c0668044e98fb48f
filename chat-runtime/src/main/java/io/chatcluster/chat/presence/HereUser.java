package io.chatcluster.chat.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A user with connections on this pod, or with some a moment ago. Changed only within the exclusion of its map entry. */
final class HereUser {

    /** Mostly one: most users keep one connection. */
    private final List<LocalDevice> devices = new ArrayList<>(1);

    private final double jitter = ThreadLocalRandom.current().nextDouble();
    private long goneSince;
    private long seenAt;
    private long reportedAt;
    private @Nullable PresenceState reported;

    void add(LocalDevice device, Duration idle) {
        devices.add(device);
        seenAt = Math.max(seenAt, System.currentTimeMillis() - idle.toMillis());
    }

    void remove(LocalDevice device) {
        if (devices.remove(device) && devices.isEmpty()) {
            goneSince = System.nanoTime();
            seenAt = System.currentTimeMillis();
        }
    }

    boolean leaving() {
        return devices.isEmpty();
    }

    /** Whether the last device has been gone for longer than this user's grace. */
    boolean gone(PresenceTimes times, long now) {
        long grace = times.graceMin().toNanos()
                + (long) (jitter * times.graceMax().minus(times.graceMin()).toNanos());
        return devices.isEmpty() && now - goneSince > grace;
    }

    /** What is to be reported now; null when it has been said recently enough. */
    @Nullable
    Sighting due(PresenceTimes times, long now) {
        PresenceState state = state(times, now);
        // Sooner by up to a tenth, so that the users of a pod spread over the period.
        long period = (long) (times.heartbeat().toNanos() * (1 - jitter / 10));
        if (state == reported && now - reportedAt < period) {
            return null;
        }
        // Those who came at once are not reported together ever after.
        reportedAt = reported == null ? now - (long) (jitter * period) : now;
        return new Sighting(state, seenAt);
    }

    private PresenceState state(PresenceTimes times, long now) {
        if (devices.isEmpty() && reported != null) {
            return reported;
        }
        boolean used = false;
        for (LocalDevice device : devices) {
            used |= now - device.activeAt() < times.awayAfter().toNanos();
        }
        if (used) {
            seenAt = System.currentTimeMillis();
        }
        return used ? PresenceState.ONLINE : PresenceState.AWAY;
    }

    /** Notes what is reported; false when it was the same before. */
    boolean reported(Sighting sighting) {
        boolean changed = reported != sighting.state();
        reported = sighting.state();
        return changed;
    }

    Sighting last() {
        return new Sighting(PresenceState.OFFLINE, seenAt);
    }
}
