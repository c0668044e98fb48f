package io.chatcluster.chat.presence;

import io.chatcluster.chat.delivery.Attachment;
import io.chatcluster.chat.delivery.Broker;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.UserId;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells connections of this pod when the users they watch come, go away or leave. One task for all of them reads what may
 * have changed: at once when a pod says so, and from time to time in case a pod cannot say so any more.
 */
@ApplicationScoped
public class PresenceWatch {

    private static final Logger LOG = Logger.getLogger(PresenceWatch.class);
    private static final long TICK_MILLIS = 200;
    /** Users that are read in one go. */
    private static final int READ_MAX = 2_000;

    private final ConcurrentHashMap<UserId, WatchedUser> watched = new ConcurrentHashMap<>();
    /** Users of whom a watcher had no room to be told. */
    private final Set<UserId> untold = ConcurrentHashMap.newKeySet();
    /** Within one look: who may see whom is asked of a store that does not answer once, not for each of them. */
    private boolean storeAway;

    private final PresenceStore store;
    private final LastSeenStore lastSeen;
    private final Visibility visibility;
    private final Broker broker;
    private final PresenceTimes times;
    private final ExecutorService writes = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("presence-watch").factory());

    @Inject
    public PresenceWatch(PresenceStore store, LastSeenStore lastSeen, Visibility visibility, Broker broker) {
        this(store, lastSeen, visibility, broker, PresenceTimes.DEFAULT);
    }

    public PresenceWatch(
            PresenceStore store, LastSeenStore lastSeen, Visibility visibility, Broker broker, PresenceTimes times) {
        this.store = store;
        this.lastSeen = lastSeen;
        this.visibility = visibility;
        this.broker = broker;
        this.times = times;
        var unused = ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Tells the watcher how the user is now, and whenever that changes. Never blocks. */
    void watch(UserId user, Watcher watcher) {
        watched.compute(user, (id, existing) -> {
            WatchedUser present = existing == null ? new WatchedUser(id, subscribe(id)) : existing;
            Presence known = present.add(watcher);
            if (known != null && !watcher.tell(known)) {
                present.missed(watcher);
                untold.add(user);
            }
            return present;
        });
    }

    /** Once this returns the watcher is told nothing more of the user, but for what is being told right now. */
    void unwatch(UserId user, Watcher watcher) {
        watched.computeIfPresent(user, (id, present) -> {
            if (!present.removeLast(watcher)) {
                return present;
            }
            present.close();
            return null;
        });
    }

    private Attachment subscribe(UserId user) {
        return broker.subscribe(LocalDevices.channel(user), new Broker.Subscriber() {
            @Override
            public void message(String payload) {
                hint(user);
            }

            @Override
            public void interrupted() {
                hint(user);
            }
        });
    }

    private void hint(UserId user) {
        WatchedUser present = watched.get(user);
        if (present != null) {
            present.hint();
        }
    }

    private void tick() {
        storeAway = false;
        try {
            tellAgain();
            List<UserId> fresh = new ArrayList<>();
            List<UserId> due = due(fresh);
            for (int from = 0; from < due.size(); from += READ_MAX) {
                read(due.subList(from, Math.min(due.size(), from + READ_MAX)), fresh);
            }
        } catch (RuntimeException e) {
            // An exception that leaves a scheduled task ends it for good.
            LOG.error("The look at watched users failed", e);
        }
    }

    /** One try for each connection that has no room yet, however many users it watches. */
    private void tellAgain() {
        Set<Watcher> full = new HashSet<>();
        // A copy, for those who still have no room come back into it.
        for (UserId user : List.copyOf(untold)) {
            untold.remove(user);
            List<Watcher> again = new ArrayList<>();
            AtomicReference<@Nullable Presence> known = new AtomicReference<>();
            watched.computeIfPresent(user, (id, present) -> {
                known.set(present.known());
                again.addAll(present.takeUntold());
                return present;
            });
            Presence presence = known.get();
            if (presence != null) {
                again.forEach(watcher -> tell(watcher, presence, full));
            }
        }
    }

    /** @param fresh takes those of whom nothing is known yet */
    private List<UserId> due(List<UserId> fresh) {
        long now = System.nanoTime();
        List<UserId> due = new ArrayList<>();
        for (UserId user : watched.keySet()) {
            watched.computeIfPresent(user, (id, present) -> {
                if (present.readDue(times, now)) {
                    due.add(user);
                    if (present.reading()) {
                        fresh.add(user);
                    }
                }
                return present;
            });
        }
        return due;
    }

    private void read(List<UserId> users, List<UserId> fresh) {
        Map<UserId, Sighting> sightings = store.read(users);
        Map<UserId, Long> kept = kept(fresh.stream()
                .filter(user -> Sighting.NONE.equals(sightings.get(user)))
                .toList());
        for (UserId user : users) {
            Sighting sighting = sightings.get(user);
            if (sighting != null) {
                update(user, sighting, kept.get(user));
            }
        }
    }

    private Map<UserId, Long> kept(List<UserId> users) {
        try {
            return users.isEmpty() ? Map.of() : lastSeen.lastSeen(users);
        } catch (ChatException e) {
            LOG.debugf("It cannot be told when users were last seen: %s", e.getMessage());
            return Map.of();
        }
    }

    private void update(UserId user, Sighting sighting, @Nullable Long kept) {
        List<Watcher> watchers = new ArrayList<>();
        AtomicReference<@Nullable Presence> told = new AtomicReference<>();
        watched.computeIfPresent(user, (id, present) -> {
            told.set(present.update(sighting, kept, times));
            watchers.addAll(present.watchers());
            return present;
        });
        Presence presence = told.get();
        if (presence == null) {
            return;
        }
        Set<Watcher> full = new HashSet<>();
        watchers.forEach(watcher -> tell(watcher, presence, full));
        Long seenAt = presence.lastSeen();
        if (sighting.state() == null && seenAt != null && !seenAt.equals(kept)) {
            keep(presence.user(), seenAt);
        }
    }

    /** Whoever watched a user of a pod that died is the only one left to tell when that was. */
    private void keep(UserId user, long seenAt) {
        writes.execute(() -> {
            try {
                lastSeen.seen(user, seenAt);
            } catch (ChatException e) {
                LOG.debugf("It is not kept when user %s was last seen: %s", user, e.getMessage());
            }
        });
    }

    /** @param full those who are known to have no room, or of whom it is not known whom they may see */
    private void tell(Watcher watcher, Presence presence, Set<Watcher> full) {
        if (full.contains(watcher) || !told(watcher, presence)) {
            full.add(watcher);
            watched.computeIfPresent(presence.user(), (id, present) -> {
                present.missed(watcher);
                return present;
            });
            untold.add(presence.user());
        }
    }

    /** False when the watcher is to be told again later. */
    private boolean told(Watcher watcher, Presence presence) {
        if (storeAway) {
            return false;
        }
        UserId user = presence.user();
        // Who knows already that they cannot see somebody asks again: the store is not to be asked at each change.
        boolean hidden = watcher.missed(user);
        try {
            if (hidden
                    ? visibility.heardVisible(watcher.user(), user)
                    : visibility.stillVisible(watcher.user(), user)) {
                watcher.saw(user, true);
                return watcher.tell(presence);
            }
        } catch (ChatException e) {
            LOG.debugf("It cannot be told whether %s may see %s: %s", watcher.user(), user, e.getMessage());
            storeAway = true;
            return false;
        }
        // Once is enough: when the state of somebody who cannot be seen changes is nobody's business either.
        if (hidden) {
            return true;
        }
        boolean told = watcher.tell(Presence.unknown(user));
        if (told) {
            watcher.saw(user, false);
        }
        return told;
    }

    /** Waits for the writes that have begun. */
    @PreDestroy
    public void close() {
        ticker.shutdownNow();
        writes.close();
    }
}
