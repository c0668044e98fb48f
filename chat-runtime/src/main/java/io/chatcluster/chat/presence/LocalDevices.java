package io.chatcluster.chat.presence;

import io.chatcluster.chat.delivery.Broker;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.Concurrently;
import io.chatcluster.chat.room.UserId;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The users who are connected to this pod. One task for all of them says to the other pods what they do: at once when it
 * changes, and again with every heartbeat. A pod that stops says nothing: its users are on their way to other pods.
 */
@ApplicationScoped
public class LocalDevices {

    private static final Logger LOG = Logger.getLogger(LocalDevices.class);
    private static final long TICK_DIVISOR = 20;
    /** Those of whom nothing is new are looked through in each so many ticks. */
    private static final int UNHURRIED_TICKS = 5;

    private final ConcurrentHashMap<UserId, HereUser> users = new ConcurrentHashMap<>();
    /** Those who came, came back to a device or are leaving: looked at in each tick. */
    private final Set<UserId> stirred = ConcurrentHashMap.newKeySet();

    private final PresenceStore store;
    private final LastSeenStore lastSeen;
    private final Broker broker;
    private final PresenceTimes times;
    // For the ticker alone.
    private int ticks;
    private final ExecutorService writes = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("presence-heartbeat").factory());

    @Inject
    public LocalDevices(PresenceStore store, LastSeenStore lastSeen, Broker broker) {
        this(store, lastSeen, broker, PresenceTimes.DEFAULT);
    }

    public LocalDevices(PresenceStore store, LastSeenStore lastSeen, Broker broker, PresenceTimes times) {
        this.store = store;
        this.lastSeen = lastSeen;
        this.broker = broker;
        this.times = times;
        long tick = times.heartbeat().toMillis() / TICK_DIVISOR;
        var unused = ticker.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS);
    }

    static String channel(UserId user) {
        return "presence:" + user.value();
    }

    /**
     * The user is there, until the device is closed. Never blocks.
     *
     * @param idle since they last did something with the device, which may have been connected before
     */
    public Device connected(UserId user, Duration idle) {
        LocalDevice device = new LocalDevice(user, this, idle);
        users.compute(user, (id, existing) -> {
            HereUser here = existing == null ? new HereUser() : existing;
            here.add(device, idle);
            return here;
        });
        stirred.add(user);
        return device;
    }

    /** @param idle nanoseconds for which the device had not been used */
    void active(UserId user, long idle) {
        if (idle > times.awayAfter().toNanos()) {
            stirred.add(user);
        }
    }

    void closed(UserId user, LocalDevice device) {
        users.computeIfPresent(user, (id, here) -> {
            here.remove(device);
            return here;
        });
        stirred.add(user);
    }

    /**
     * What there is to say.
     *
     * @param due of those who are here
     * @param changed of those, whose state is another than before
     * @param gone who are not here any more
     */
    private record Report(Map<UserId, Sighting> due, Set<UserId> changed, Map<UserId, Sighting> gone) {}

    private void tick() {
        try {
            Report report = look(ticks++ % UNHURRIED_TICKS == 0 ? users.keySet() : List.copyOf(stirred));
            sayGone(report.gone());
            if (!report.due().isEmpty()) {
                store.report(report.due());
                report.changed().forEach(user -> broker.publish(channel(user), ""));
            }
        } catch (RuntimeException e) {
            // An exception that leaves a scheduled task ends it for good.
            LOG.error("The heartbeat of presence failed", e);
        }
    }

    private Report look(Collection<UserId> some) {
        long now = System.nanoTime();
        Report report = new Report(new HashMap<>(), new HashSet<>(), new HashMap<>());
        for (UserId user : some) {
            stirred.remove(user);
            users.computeIfPresent(user, (id, here) -> {
                if (here.gone(times, now)) {
                    report.gone().put(user, here.last());
                    return null;
                }
                if (here.leaving()) {
                    stirred.add(user);
                }
                Sighting sighting = here.due(times, now);
                if (sighting != null) {
                    report.due().put(user, sighting);
                    if (here.reported(sighting)) {
                        report.changed().add(user);
                    }
                }
                return here;
            });
        }
        return report;
    }

    private void sayGone(Map<UserId, Sighting> gone) {
        if (gone.isEmpty()) {
            return;
        }
        store.report(gone);
        gone.keySet().forEach(user -> broker.publish(channel(user), ""));
        // Apart from the heartbeat, which must not wait for as many writes as users left at once.
        writes.execute(() -> keepUnlessElsewhere(gone));
    }

    private void keepUnlessElsewhere(Map<UserId, Sighting> gone) {
        Map<UserId, Sighting> elsewhere = store.read(gone.keySet());
        Concurrently.forEach(gone.entrySet(), entry -> {
            if (!elsewhere.getOrDefault(entry.getKey(), Sighting.NONE).here()) {
                keep(entry.getKey(), entry.getValue().seenAt());
            }
        });
    }

    private void keep(UserId user, long seenAt) {
        try {
            lastSeen.seen(user, seenAt);
        } catch (ChatException e) {
            LOG.debugf("It is not kept when user %s was last seen: %s", user, e.getMessage());
        }
    }

    /** Waits for the writes that have begun. */
    @PreDestroy
    public void close() {
        ticker.shutdownNow();
        writes.close();
    }
}
