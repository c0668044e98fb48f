package io.chatcluster.chat.session;

import io.chatcluster.chat.operations.ConnectionShedding;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Hands a share of the live connections over to other pods, for instance to ones that were just added. */
@ApplicationScoped
class Rebalancing implements ConnectionShedding {
    private static final Logger LOG = Logger.getLogger(Rebalancing.class);
    /** The share of the live connections that may be asked per second without being told otherwise. */
    private static final double SHARE_PER_SECOND = 0.01;

    private static final Duration ANSWERING = Duration.ofSeconds(20);

    private final Sessions sessions;
    private @Nullable Thread running;

    @Inject
    Rebalancing(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public synchronized Optional<Shed> shed(double share, OptionalDouble perSecond) {
        if (running != null && running.isAlive()) {
            return Optional.empty();
        }
        List<Session> live = new ArrayList<>(sessions.live());
        Collections.shuffle(live, ThreadLocalRandom.current());
        List<Session> chosen = live.subList(0, (int) Math.ceil(live.size() * share));
        double rate = perSecond.orElse(Math.max(1, live.size() * SHARE_PER_SECOND));
        Duration over = Duration.ofMillis((long) (chosen.size() / rate * 1_000));
        LOG.infof("Asking %d of %d connections to reconnect, %.1f a second", chosen.size(), live.size(), rate);
        running = Thread.ofVirtual().name("rebalancing").start(() -> run(chosen, over));
        return Optional.of(new Shed(chosen.size(), rate));
    }

    private static void run(List<Session> chosen, Duration over) {
        try {
            Handover.run(chosen, over, "rebalancing", ANSWERING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    synchronized void stop() {
        if (running != null) {
            running.interrupt();
        }
    }
}
