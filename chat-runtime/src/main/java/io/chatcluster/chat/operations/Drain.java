package io.chatcluster.chat.operations;

import io.chatcluster.chat.message.RoomWriters;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * The pod goes away in this order: not ready any more, connections handed over, what is enqueued committed, exit; all
 * within {@code chat.drain.timeout}. Everything works on as before until the connections are gone.
 */
@ApplicationScoped
public class Drain {

    private static final Logger LOG = Logger.getLogger(Drain.class);
    /** Left for the commits and for stopping. */
    private static final Duration RESERVE = Duration.ofSeconds(3);

    private static final Duration POLL_PERIOD = Duration.ofMillis(20);

    private final Instance<DrainListener> listeners;
    private final RoomWriters writers;
    private final Duration timeout;
    private volatile boolean draining;

    @Inject
    public Drain(@Any Instance<DrainListener> listeners, RoomWriters writers, ChatConfig config) {
        this.listeners = listeners;
        this.writers = writers;
        this.timeout = config.drain().timeout();
    }

    public boolean draining() {
        return draining;
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        long deadline = System.nanoTime() + timeout.toNanos();
        draining = true;
        LOG.infof("Draining, for at most %d s", timeout.toSeconds());
        Duration forConnections =
                timeout.compareTo(RESERVE.multipliedBy(2)) > 0 ? timeout.minus(RESERVE) : timeout.dividedBy(2);
        List<DrainListener> all = listeners.stream().toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(listener -> threads.execute(() -> listener.drain(forConnections)));
        }
        awaitCommits(deadline);
    }

    private void awaitCommits(long deadline) {
        try {
            while (writers.waiting() > 0 && System.nanoTime() - deadline < 0) {
                Thread.sleep(POLL_PERIOD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int lost = writers.waiting();
        if (lost > 0) {
            LOG.warnf("Drained, but %d messages were neither committed nor acknowledged", lost);
        } else {
            LOG.info("Drained");
        }
    }
}
