package io.chatcluster.chat.session;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.operations.ConnectionCount;
import io.chatcluster.chat.operations.DrainListener;
import io.chatcluster.chat.protocol.CloseCode;
import io.vertx.core.Vertx;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** All connections of this pod: opens and ends them, watches their times, and hands them over when the pod goes away. */
@ApplicationScoped
class Sessions implements ConnectionCount, DrainListener {
    private static final Logger LOG = Logger.getLogger(Sessions.class);
    private static final Duration CHECK_INTERVAL_MAX = Duration.ofSeconds(1);
    private static final int CHECKS_BETWEEN_PINGS = 20;
    /** Of the time to drain, what goes by at most until the last connection is asked to reconnect. */
    private static final double ASKING_SHARE = 0.6;

    private final SessionWork work;
    private final SessionConfig config;
    private final int messagesPerSecond;
    private final Vertx vertx;
    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unauthenticated = new AtomicInteger();

    private volatile boolean draining;
    private long timer;

    @Inject
    Sessions(FrameHandler work, SessionConfig config, ChatConfig chat, Vertx vertx) {
        this.work = work;
        this.config = config;
        this.messagesPerSecond = chat.limits().messagesPerSecond();
        this.vertx = vertx;
    }

    @PostConstruct
    void watch() {
        long interval = config.pingInterval().toMillis() / CHECKS_BETWEEN_PINGS;
        timer = vertx.setPeriodic(Math.clamp(interval, 1, CHECK_INTERVAL_MAX.toMillis()), id -> checkTimes());
    }

    @PreDestroy
    void stopWatching() {
        vertx.cancelTimer(timer);
    }

    Session open(Wire wire) {
        Session session =
                new Session(UUID.randomUUID().toString(), wire, config, messagesPerSecond, work, unauthenticated);
        open.add(session);
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

    /** Sockets that are open, whoever they are. */
    int sockets() {
        return open.size();
    }

    /** Sockets whose user is not known. */
    int unauthenticated() {
        return unauthenticated.get();
    }

    List<Session> live() {
        return open.stream()
                .filter(session -> session.state() instanceof SessionState.Live)
                .toList();
    }

    @Override
    public int connections() {
        return live().size();
    }

    @Override
    public void drain(Duration timeout) {
        draining = true;
        long deadline = System.nanoTime() + timeout.toNanos();
        Duration asking = Handover.duration(open.size(), Duration.ofMillis((long) (timeout.toMillis() * ASKING_SHARE)));
        try {
            Handover.run(open, asking, "draining", timeout.minus(asking));
            awaitNone(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.infof("Drained, %d connections are left", open.size());
        open.forEach(session -> session.close(CloseCode.DRAINING));
    }

    private void awaitNone(long deadline) throws InterruptedException {
        synchronized (open) {
            long left = deadline - System.nanoTime();
            while (!open.isEmpty() && left > 0) {
                open.wait(Math.max(1, Duration.ofNanos(left).toMillis()));
                left = deadline - System.nanoTime();
            }
        }
    }

    long waitingChars() {
        return open.stream()
                .mapToLong(session -> session.outbox().waitingChars())
                .sum();
    }

    long waitingCharsMax() {
        return open.stream()
                .mapToLong(session -> session.outbox().waitingChars())
                .max()
                .orElse(0);
    }

    private void checkTimes() {
        long nanoTime = System.nanoTime();
        Instant now = Instant.now();
        open.forEach(session -> session.checkTime(nanoTime, now));
    }
}
