package io.chatcluster.chat.session;

import io.chatcluster.chat.delivery.OfferKind;
import io.chatcluster.chat.delivery.RoomNotice;
import io.chatcluster.chat.operations.WorkInProgress;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.CloseCode;
import io.chatcluster.chat.protocol.FrameWriter;
import io.chatcluster.chat.protocol.RequestId;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.session.SessionInbox.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection. Everything that happens to it goes in order: at once where nothing is before it and it does not block, otherwise
 * through one bounded inbox that is worked off on a virtual thread, which exists only while there is something: most connections
 * are idle, and a thread that waits keeps its stack.
 * {@link #receive}, {@link #close} and {@link #disconnected} may be called from an event loop.
 */
final class Session {
    private static final Logger LOG = Logger.getLogger(Session.class);
    private static final FrameWriter WRITER = new FrameWriter();
    private static final int BUSY_PATIENCE = 6;

    private final String id;
    private final SessionConfig config;
    private final SessionWork work;
    private final AtomicInteger unauthenticated;
    private final SocketOutbox outbox;
    private final Wire wire;
    private final SessionLimits limits;
    private final SessionInbox inbox;
    private final WorkInProgress handling;
    private boolean ended;
    private final AtomicReference<SessionState> state = new AtomicReference<>(new SessionState.AwaitingConnect());
    private final Heartbeat heartbeat;
    private volatile @Nullable LiveUser live;

    /** @param unauthenticated counts this session for as long as its user is not known and it is not closing */
    Session(
            String id,
            Wire wire,
            SessionConfig config,
            int messagesPerSecond,
            SessionWork work,
            AtomicInteger unauthenticated) {
        this.unauthenticated = unauthenticated;
        unauthenticated.incrementAndGet();
        this.id = id;
        this.wire = wire;
        this.config = config;
        this.heartbeat = new Heartbeat(config.pingInterval());
        this.work = work;
        this.inbox = new SessionInbox(config);
        this.handling = new WorkInProgress(() -> !inbox.isEmpty(), this::start);
        this.outbox = new SocketOutbox(wire, config.outboundCharsMax(), () -> close(CloseCode.SLOW_CONSUMER));
        this.limits = SessionLimits.of(config, messagesPerSecond);
    }

    String id() {
        return id;
    }

    SessionState state() {
        return state.get();
    }

    SocketOutbox outbox() {
        return outbox;
    }

    SessionLimits limits() {
        return limits;
    }

    /** Takes a text frame in; a client that sends more than fits is disconnected. */
    void receive(String text) {
        heartbeat.heard(System.nanoTime());
        if (state.get() instanceof SessionState.Closing) {
            return;
        }
        if (inbox.tooLarge(text)
                || state.get() instanceof SessionState.AwaitingConnect
                        && inbox.chars() + text.length() > config.unauthenticatedCharsMax()) {
            close(CloseCode.FRAME_TOO_LARGE);
            return;
        }
        if (!handledAtOnce(text)) {
            if (!inbox.offer(text)) {
                close(CloseCode.TOO_FAST);
            }
            handling.wake();
        }
    }

    /** On the event loop, where nothing is before it and it blocks nowhere: a thread would cost more than what is to do. */
    private boolean handledAtOnce(String text) {
        if (!inbox.isEmpty() || !handling.begin()) {
            return false;
        }
        try {
            return inbox.isEmpty() && work.frameAtOnce(this, text);
        } catch (RuntimeException fault) {
            failed(fault);
            return true;
        } finally {
            handling.end();
        }
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    void notice(RoomNotice notice) {
        if (!inbox.offer(notice)) {
            LOG.warnf("Session %s cannot keep up with the changes of its rooms", id);
            close(CloseCode.UNAVAILABLE);
        }
        handling.wake();
    }

    /**
     * Tells the client to come back elsewhere after {@code after}, and closes once its sends are answered or {@code timeout}
     * is over.
     */
    void handOver(Duration after, String reason, Duration timeout) {
        add(new Item.HandOver(after, reason, timeout));
    }

    /** Goes on until {@code expiresAt}, unless the session is not live any more. */
    void extend(Instant expiresAt) {
        state.updateAndGet(now ->
                now instanceof SessionState.Live(var user, var ignored) ? new SessionState.Live(user, expiresAt) : now);
    }

    /** Goes live unless the session is closing already. */
    boolean goLive(LiveUser user) {
        SessionState now = state.get();
        boolean changed = now instanceof SessionState.AwaitingConnect
                && state.compareAndSet(now, new SessionState.Live(user.user(), user.expiresAt()));
        if (changed) {
            live = user;
            unauthenticated.decrementAndGet();
        }
        return changed;
    }

    @Nullable
    LiveUser live() {
        return live;
    }

    void send(ServerFrame frame) {
        outbox.offer(WRITER.write(frame), OfferKind.REQUIRED);
    }

    /** Something momentary: false when a client that reads slowly misses it. */
    boolean push(ServerFrame.Push frame) {
        return outbox.offer(WRITER.write(frame), OfferKind.EPHEMERAL);
    }

    void fail(@Nullable RequestId request, ChatException problem) {
        send(new ServerFrame.Failure(request, problem.code(), problem.detail(), problem.retryAfter()));
    }

    /** Writes what waits, then closes. Frames that are not handled yet are not handled any more. */
    void close(CloseCode code) {
        if (leave(state.getAndSet(new SessionState.Closing(System.nanoTime(), code)))) {
            outbox.close(code);
            add(new Item.End());
        }
    }

    /** False when it was closing already. */
    private boolean leave(SessionState before) {
        return switch (before) {
            case SessionState.AwaitingConnect waiting -> {
                unauthenticated.decrementAndGet();
                yield true;
            }
            case SessionState.Live live -> true;
            case SessionState.Closing closing -> false;
        };
    }

    /** The socket is gone. What a live client sent before is still handled. */
    void disconnected() {
        SessionState now = state.get();
        if (now instanceof SessionState.AwaitingConnect
                && state.compareAndSet(now, new SessionState.Closing(System.nanoTime(), CloseCode.UNAVAILABLE))) {
            var unused = leave(now);
        }
        outbox.disconnected();
        add(new Item.End());
    }

    /** Closes what has waited too long: for connect, for a sign of life, beyond the token, or for a close to finish. Pings. */
    void checkTime(long nanoTime, Instant now) {
        switch (state.get()) {
            case SessionState.AwaitingConnect waiting -> {
                // A connect that is being handled waits for the service: to end it would only waste the work.
                if (heartbeat.age(nanoTime)
                        > config.connectTimeout().toNanos() * (handling.underWay() ? BUSY_PATIENCE : 1)) {
                    close(CloseCode.CONNECT_TIMEOUT);
                }
            }
            case SessionState.Live(var user, var expiresAt) -> {
                if (heartbeat.isLost(nanoTime)) {
                    close(CloseCode.PING_TIMEOUT);
                } else if (now.isAfter(expiresAt)) {
                    close(CloseCode.TOKEN_EXPIRED);
                } else if (heartbeat.pingDue(nanoTime)) {
                    wire.ping();
                }
            }
            case SessionState.Closing(long since, CloseCode code) -> {
                if (nanoTime - since > config.connectTimeout().toNanos()) {
                    outbox.disconnected();
                    wire.close(code);
                }
            }
        }
    }

    private void add(Item item) {
        inbox.add(item);
        handling.wake();
    }

    private void start() {
        Thread.ofVirtual().name("session-" + id).start(this::run);
    }

    private void run() {
        try {
            for (Item item = inbox.poll(); item != null && !ended; item = inbox.poll()) {
                if (!handle(item)) {
                    end();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
        } catch (RuntimeException fault) {
            failed(fault);
            end();
        } finally {
            // What comes after the end is for nobody.
            if (!ended) {
                handling.end();
            }
        }
    }

    private void failed(RuntimeException fault) {
        LOG.errorf(fault, "Session %s ends by a fault", id);
        close(CloseCode.UNAVAILABLE);
    }

    private void end() {
        ended = true;
        LiveUser user = live;
        if (user != null) {
            user.close();
        }
    }

    private boolean handle(Item item) throws InterruptedException {
        switch (item) {
            case Item.Frame(String text) -> work.frame(this, text);
            case Item.Notice(RoomNotice notice) -> work.notice(this, notice);
            case Item.HandOver(Duration after, String reason, Duration timeout) -> {
                send(new ServerFrame.Reconnect(after, reason));
                boolean answered = limits.awaitAnswers(timeout.toNanos());
                LOG.debugf("Session %s is handed over, all sends answered: %s", id, answered);
                close(CloseCode.DRAINING);
            }
            case Item.End() -> {
                return false;
            }
        }
        return true;
    }
}
