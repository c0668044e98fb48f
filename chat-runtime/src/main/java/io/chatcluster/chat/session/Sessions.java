package io.chatcluster.chat.session;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.operations.ConnectionCount;
import io.chatcluster.chat.operations.DrainListener;
import io.chatcluster.chat.protocol.CloseCode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** All connections of this pod: opens and ends them, watches their times, and hands them over when the pod goes away. */
@ApplicationScoped
class Sessions implements ConnectionCount, DrainListener {
    private static final Logger LOG = Logger.getLogger(Sessions.class);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);
    /** Returning clients are spread over this much time for each one, so that the pods that stay can take them in. */
    private static final Duration RETURN_SPREAD = Duration.ofMillis(1);

    private static final Duration RETURN_MIN = Duration.ofSeconds(1);

    private final SessionWork work;
    private final SessionConfig config;
    private final int messagesPerSecond;
    private final Vertx vertx;
    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;
    private long timer;

    @Inject
    Sessions(FrameHandler work, SessionConfig config, ChatConfig chat, Vertx vertx, MeterRegistry registry) {
        this.work = work;
        this.config = config;
        this.messagesPerSecond = chat.limits().messagesPerSecond();
        this.vertx = vertx;
        Gauge.builder("chat.connections", this, Sessions::connections)
                .description("Live WebSocket connections whose user is known")
                .register(registry);
    }

    @PostConstruct
    void watch() {
        timer = vertx.setPeriodic(CHECK_INTERVAL.toMillis(), id -> checkTimes());
    }

    @PreDestroy
    void stopWatching() {
        vertx.cancelTimer(timer);
    }

    Session open(Wire wire) {
        Session session = new Session(UUID.randomUUID().toString(), wire, config, messagesPerSecond, work);
        open.add(session);
        Thread.ofVirtual().name("session-" + session.id()).start(session::run);
        if (draining) {
            session.close(CloseCode.DRAINING);
        }
        return session;
    }

    void disconnected(Session session) {
        session.disconnected();
        synchronized (open) {
            open.remove(session);
            open.notifyAll();
        }
    }

    boolean draining() {
        return draining;
    }

    @Override
    public int connections() {
        return (int) open.stream()
                .filter(session -> session.state() instanceof SessionState.Live)
                .count();
    }

    @Override
    public void drain(Duration timeout) {
        draining = true;
        long deadline = System.nanoTime() + timeout.toNanos();
        Duration spread = RETURN_SPREAD.multipliedBy(open.size()).plus(RETURN_MIN);
        open.forEach(session -> session.drain(random(spread), timeout.dividedBy(2)));
        synchronized (open) {
            long left = deadline - System.nanoTime();
            while (!open.isEmpty() && left > 0) {
                try {
                    open.wait(Math.max(1, Duration.ofNanos(left).toMillis()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                left = deadline - System.nanoTime();
            }
            LOG.infof("Drained, %d connections are left", open.size());
        }
    }

    private void checkTimes() {
        long nanoTime = System.nanoTime();
        Instant now = Instant.now();
        open.forEach(session -> session.checkTime(nanoTime, now));
    }

    private static Duration random(Duration max) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(max.toMillis()));
    }
}
