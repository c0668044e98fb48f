package io.chatcluster.chat.presence;

import io.chatcluster.chat.delivery.Attachment;
import io.chatcluster.chat.room.UserId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A user whom connections of this pod watch, and what they were told. Changed only within the exclusion of its map entry. */
final class WatchedUser {

    private static final int OFFLINE_POLLS = 5;
    /** While Redis is away. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final UserId user;
    private final Set<Watcher> watchers = new HashSet<>();
    private final Attachment subscription;
    /** Those who had no room for the latest. None as a rule. */
    private Set<Watcher> untold = Set.of();

    private @Nullable Presence known;
    private long readAt;
    private long silentSince;
    private boolean silent;
    private long lastHere;
    private volatile boolean hinted = true;

    WatchedUser(UserId user, Attachment subscription) {
        this.user = user;
        this.subscription = subscription;
    }

    /** Returns what the watcher is to be told already; null when that is not known yet. */
    @Nullable
    Presence add(Watcher watcher) {
        watchers.add(watcher);
        return known;
    }

    /** False when there are others. */
    boolean removeLast(Watcher watcher) {
        watchers.remove(watcher);
        if (!untold.isEmpty()) {
            untold.remove(watcher);
        }
        return watchers.isEmpty();
    }

    /** Somebody says that the user's state may be different. */
    void hint() {
        hinted = true;
    }

    boolean readDue(PresenceTimes times, long now) {
        long period = known == null ? RETRY.toNanos() : period(times, known.state());
        return hinted || now - readAt > period;
    }

    /** Whoever comes says so; whoever goes with a pod that dies cannot. */
    private static long period(PresenceTimes times, PresenceState state) {
        long poll = times.poll().toNanos();
        return state == PresenceState.OFFLINE ? OFFLINE_POLLS * poll : poll;
    }

    /** Notes that it is read; true when nothing is known yet. */
    boolean reading() {
        hinted = false;
        readAt = System.nanoTime();
        return known == null;
    }

    /** The watcher had no room for what it was told. */
    void missed(Watcher watcher) {
        if (watchers.contains(watcher)) {
            untold = untold.isEmpty() ? new HashSet<>() : untold;
            untold.add(watcher);
        }
    }

    /** Those who are to be told again, by the caller from now on. */
    Set<Watcher> takeUntold() {
        Set<Watcher> taken = untold;
        untold = Set.of();
        return taken;
    }

    @Nullable
    Presence known() {
        return known;
    }

    Set<Watcher> watchers() {
        return Set.copyOf(watchers);
    }

    /**
     * Takes in what was read.
     *
     * @param lastSeen what is kept of a user of whom nothing was known; null when nothing is
     * @return what is to be told; null when that is what was told before
     */
    @Nullable
    Presence update(Sighting sighting, @Nullable Long lastSeen, PresenceTimes times) {
        PresenceState state = sighting.state();
        if (state != null) {
            silent = false;
            lastHere = sighting.seenAt();
            return tell(state, lastHere);
        }
        if (known == null || known.state() == PresenceState.OFFLINE) {
            return known == null ? tell(PresenceState.OFFLINE, lastSeen) : null;
        }
        if (!silent) {
            silent = true;
            silentSince = System.nanoTime();
        }
        return System.nanoTime() - silentSince > times.silence().toNanos()
                ? tell(PresenceState.OFFLINE, lastHere)
                : null;
    }

    private @Nullable Presence tell(PresenceState state, @Nullable Long seenAt) {
        if (known != null && known.state() == state) {
            return null;
        }
        known = new Presence(user, state, state == PresenceState.ONLINE ? null : seenAt);
        return known;
    }

    void close() {
        subscription.close();
    }
}
