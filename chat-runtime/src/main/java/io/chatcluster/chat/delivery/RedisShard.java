package io.chatcluster.chat.delivery;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One Redis node: a long-lived connection that subscribes and another that publishes. Whenever either fails, or the
 * canary published on one does not come back on the other, both are made anew and everything is subscribed again. When
 * only the password or the authority changed, the new ones are subscribed before the old ones are closed.
 */
final class RedisShard {

    /** Hears what the node says. Called on an event loop. */
    interface Listener {

        /** While connections are renewed, a message may come twice. */
        void message(String channel, String payload);

        /** The node confirmed the subscription, for the first time or again after it could have missed something. */
        void subscribed(String channel);
    }

    static final Duration CANARY_PERIOD = Duration.ofSeconds(1);
    static final Duration CANARY_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration RENEWAL_PAUSE = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(RedisShard.class);

    private final RedisEndpoint endpoint;
    private final Listener listener;
    private final String canaryChannel = "canary:" + UUID.randomUUID();
    private final RedisPublisher publisher;

    // Guarded by this; nothing blocks while holding it.
    private final Set<String> channels = new HashSet<>();
    /** Those of them that are heard elsewhere until this node has confirmed them. */
    private final Set<String> covered = new HashSet<>();

    private final RedisBackoff backoff = new RedisBackoff();
    private boolean closed;
    private boolean connecting;
    private long canaryTimer = -1;
    private long renewalTriedAt = System.nanoTime() - RENEWAL_PAUSE.toNanos();
    /** Connections that are being subscribed, to take the place of the link. */
    private @Nullable RedisLink next;

    private volatile boolean joining;
    private volatile @Nullable RedisLink link;
    private volatile long heardAt;

    RedisShard(RedisEndpoint endpoint, Listener listener, Counter failures, boolean added) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.publisher = new RedisPublisher(failures, this::failed);
        this.joining = added;
    }

    String address() {
        return endpoint.address();
    }

    /** The user that the node knows this pod as; null while there is no connection. */
    @Nullable
    String user() {
        RedisLink current = link;
        return current == null ? null : current.login().name();
    }

    /** Whether it came while the pod ran and has never been connected: the former nodes carry what it will. */
    boolean joining() {
        return joining;
    }

    synchronized void start() {
        canaryTimer = endpoint.vertx().setPeriodic(CANARY_PERIOD.toMillis(), timer -> canary());
        connect();
    }

    boolean healthy() {
        return link != null && heardAt != 0 && System.nanoTime() - heardAt < CANARY_TIMEOUT.toNanos();
    }

    synchronized void subscribe(String channel) {
        if (channels.add(channel)) {
            openLinks().forEach(open -> open.subscribe(List.of(channel)).onFailure(e -> failed(open, e)));
        }
    }

    /** Subscribes to what is heard on other nodes as well: nothing was missed when this one confirms it. */
    synchronized void subscribeToo(String channel) {
        covered.add(channel);
        subscribe(channel);
    }

    synchronized void unsubscribe(String channel) {
        covered.remove(channel);
        if (channels.remove(channel)) {
            openLinks().forEach(open -> open.unsubscribe(channel).onFailure(e -> failed(open, e)));
        }
    }

    void publish(String channel, String payload) {
        publisher.publish(link, channel, payload);
    }

    /** Sends the commands in one go. */
    Future<List<@Nullable Response>> batch(List<Request> commands) {
        RedisLink current = link;
        return current == null
                ? Future.failedFuture(endpoint + " is away")
                : current.publisher().batch(commands);
    }

    /** Completes when the node has carried out every subscription made before; fails while there is no connection. */
    Future<Void> settled() {
        RedisLink current = link;
        return current == null ? Future.failedFuture("Redis shard " + endpoint + " is away") : current.settled();
    }

    /** Makes its connections anew if they would be others now; returns whether that is going on. */
    synchronized boolean renew() {
        RedisLink current = link;
        if (current == null || connecting) {
            return connecting;
        }
        long now = System.nanoTime();
        if (now - renewalTriedAt < RENEWAL_PAUSE.toNanos() || !endpoint.outdated(current)) {
            return false;
        }
        renewalTriedAt = now;
        connect();
        return true;
    }

    private List<RedisLink> openLinks() {
        return Stream.of(link, next).filter(Objects::nonNull).toList();
    }

    private synchronized void connect() {
        if (closed || connecting) {
            return;
        }
        connecting = true;
        var unused = endpoint.connect()
                .compose(fresh -> subscribeAll(fresh).onFailure(e -> fresh.close()))
                .onSuccess(this::connected)
                .onFailure(this::connectFailed);
    }

    private synchronized Future<RedisLink> subscribeAll(RedisLink fresh) {
        next = fresh;
        fresh.handle(new Events(fresh));
        List<String> all = new ArrayList<>(channels);
        all.addFirst(canaryChannel);
        return fresh.subscribe(all).compose(sent -> fresh.settled()).map(fresh);
    }

    private void connected(RedisLink fresh) {
        List<String> heardAgain = new ArrayList<>();
        synchronized (this) {
            connecting = false;
            next = null;
            if (closed) {
                fresh.close();
                return;
            }
            backoff.reset();
            // Until the first canary is overdue.
            heardAt = System.nanoTime();
            RedisLink former = link;
            link = fresh;
            joining = false;
            if (former == null) {
                heardAgain.addAll(channels);
                heardAgain.removeAll(covered);
                covered.clear();
            } else {
                former.closeWhenTaken();
            }
            LOG.infof("Redis shard %s: connected as %s, %d channels", endpoint, fresh.login(), channels.size());
        }
        heardAgain.forEach(listener::subscribed);
        publisher.tellMissed(fresh);
    }

    private synchronized void connectFailed(Throwable cause) {
        connecting = false;
        next = null;
        if (backoff.failed()) {
            LOG.warnf("Redis shard %s: cannot connect, will keep trying: %s", endpoint, cause.getMessage());
        }
        retryLater();
    }

    private synchronized void failed(RedisLink broken, @Nullable Throwable cause) {
        if (link != broken) {
            return;
        }
        link = null;
        broken.close();
        LOG.warnf("Redis shard %s: lost: %s", endpoint, cause == null ? "closed by the node" : cause.getMessage());
        backoff.reset();
        retryLater();
    }

    private void retryLater() {
        if (!closed && link == null) {
            endpoint.vertx().setTimer(backoff.delayMillis(), timer -> {
                if (link == null) {
                    connect();
                }
            });
        }
    }

    /** What a link hears, unless another one has taken its place. */
    private final class Events implements RedisLink.Events {

        private final RedisLink from;

        Events(RedisLink from) {
            this.from = from;
        }

        @Override
        public void message(String channel, String payload) {
            if (!channel.equals(canaryChannel)) {
                listener.message(channel, payload);
            } else if (from == link) {
                heardAt = System.nanoTime();
            }
        }

        @Override
        public void subscribed(String channel) {
            if (from == link && !channel.equals(canaryChannel) && !wasCovered(channel)) {
                listener.subscribed(channel);
            }
        }

        @Override
        public void lost(@Nullable Throwable cause) {
            failed(from, cause);
        }
    }

    private synchronized boolean wasCovered(String channel) {
        return covered.remove(channel);
    }

    private void canary() {
        RedisLink current = link;
        if (current == null) {
            return;
        }
        if (System.nanoTime() - heardAt > CANARY_TIMEOUT.toNanos()) {
            failed(current, new IllegalStateException("its canary did not come back in " + CANARY_TIMEOUT));
        } else {
            publish(canaryChannel, "");
            publisher.tellMissed(current);
        }
    }

    /** Closes it once nobody can be publishing on it any more. */
    void retire() {
        endpoint.vertx().setTimer(CANARY_TIMEOUT.toMillis(), timer -> close());
    }

    synchronized void close() {
        closed = true;
        endpoint.vertx().cancelTimer(canaryTimer);
        List<RedisLink> open = openLinks();
        link = null;
        open.forEach(RedisLink::close);
    }
}
