package io.chatcluster.chat.delivery;

import io.chatcluster.chat.operations.ChatConfig;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One Redis node: a long-lived connection that subscribes and another that publishes. Whenever either fails, or the
 * canary published on one does not come back on the other, both are made anew and everything is subscribed again.
 */
final class RedisShard {

    /** Hears what the node says. Called on an event loop. */
    interface Listener {

        void message(String channel, String payload);

        /** The node confirmed the subscription, for the first time or again. */
        void subscribed(String channel);
    }

    static final Duration CANARY_PERIOD = Duration.ofSeconds(1);
    static final Duration CANARY_TIMEOUT = Duration.ofSeconds(4);
    private static final long BACKOFF_MIN_MILLIS = 100;
    private static final long BACKOFF_MAX_MILLIS = 3_000;
    private static final int CHANNELS_PER_COMMAND = 256;
    /** Payload characters that wait for the node's answer: beyond, publishing would only fill the memory. */
    private static final long IN_FLIGHT_MAX = 32L * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(RedisShard.class);

    /** Both connections of one attempt; everything of an older one is ignored. */
    private record Link(Redis client, RedisConnection subscriber, RedisConnection publisher) {}

    private final Vertx vertx;
    private final ChatConfig.Redis config;
    private final String address;
    private final Listener listener;
    private final Counter failures;
    private final String canaryChannel = "canary:" + UUID.randomUUID();
    private final AtomicLong inFlight = new AtomicLong();

    // Guarded by this; nothing blocks while holding it.
    private final Set<String> channels = new HashSet<>();
    private int failedAttempts;
    private boolean closed;
    private boolean connecting;
    private long canaryTimer = -1;

    private volatile @Nullable Link link;
    private volatile long heardAt;

    RedisShard(Vertx vertx, ChatConfig.Redis config, String address, Listener listener, Counter failures) {
        this.vertx = vertx;
        this.config = config;
        this.address = address;
        this.listener = listener;
        this.failures = failures;
    }

    String address() {
        return address;
    }

    synchronized void start() {
        canaryTimer = vertx.setPeriodic(CANARY_PERIOD.toMillis(), timer -> canary());
        connect();
    }

    boolean healthy() {
        return link != null && heardAt != 0 && System.nanoTime() - heardAt < CANARY_TIMEOUT.toNanos();
    }

    synchronized void subscribe(String channel) {
        if (channels.add(channel)) {
            sendOnSubscriber(Command.SUBSCRIBE, List.of(channel));
        }
    }

    synchronized void unsubscribe(String channel) {
        if (channels.remove(channel)) {
            sendOnSubscriber(Command.UNSUBSCRIBE, List.of(channel));
        }
    }

    void publish(String channel, String payload) {
        Link current = link;
        if (current == null || inFlight.addAndGet(payload.length()) > IN_FLIGHT_MAX) {
            if (current != null) {
                inFlight.addAndGet(-payload.length());
            }
            failures.increment();
            return;
        }
        var unused = current.publisher()
                .send(Request.cmd(Command.PUBLISH).arg(channel).arg(payload))
                .onComplete(done -> {
                    inFlight.addAndGet(-payload.length());
                    if (done.failed()) {
                        failures.increment();
                        failed(current, done.cause());
                    }
                });
    }

    /** Sends the commands in one go. */
    Future<List<@Nullable Response>> batch(List<Request> commands) {
        Link current = link;
        return current == null
                ? Future.failedFuture(new IllegalStateException("Redis shard " + address + " is away"))
                : current.publisher().batch(commands);
    }

    private synchronized void connect() {
        if (closed || connecting || link != null) {
            return;
        }
        connecting = true;
        Redis client;
        try {
            client = Redis.createClient(vertx, RedisConnections.options(config, address));
        } catch (RuntimeException e) {
            connectFailed(null, e);
            return;
        }
        var unused = client.connect()
                .compose(subscriber -> client.connect().map(publisher -> new Link(client, subscriber, publisher)))
                // A node that hangs takes the connection and never answers the greeting.
                .timeout(CANARY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(this::connected)
                .onFailure(e -> connectFailed(client, e));
    }

    private synchronized void connected(Link fresh) {
        connecting = false;
        if (closed) {
            fresh.client().close();
            return;
        }
        failedAttempts = 0;
        // Alive until the first canary is overdue.
        heardAt = System.nanoTime();
        link = fresh;
        for (RedisConnection connection : List.of(fresh.subscriber(), fresh.publisher())) {
            connection.exceptionHandler(e -> failed(fresh, e));
            connection.endHandler(end -> failed(fresh, null));
        }
        fresh.subscriber().handler(this::received);
        List<String> all = new ArrayList<>(channels);
        all.addFirst(canaryChannel);
        for (int from = 0; from < all.size(); from += CHANNELS_PER_COMMAND) {
            sendOnSubscriber(Command.SUBSCRIBE, all.subList(from, Math.min(all.size(), from + CHANNELS_PER_COMMAND)));
        }
        LOG.infof("Redis shard %s: connected, %d channels", address, channels.size());
    }

    private void sendOnSubscriber(Command command, List<String> names) {
        Link current = link;
        if (current == null) {
            return;
        }
        Request request = Request.cmd(command);
        names.forEach(request::arg);
        var unused = current.subscriber().send(request).onFailure(e -> failed(current, e));
    }

    private synchronized void connectFailed(@Nullable Redis client, Throwable cause) {
        connecting = false;
        if (client != null) {
            client.close();
        }
        if (failedAttempts == 0) {
            LOG.warnf("Redis shard %s: cannot connect, will keep trying: %s", address, cause.getMessage());
        }
        retryLater();
    }

    private synchronized void failed(Link broken, @Nullable Throwable cause) {
        if (link != broken) {
            return;
        }
        link = null;
        broken.client().close();
        LOG.warnf(
                "Redis shard %s: connection lost: %s",
                address, cause == null ? "closed by the node" : cause.getMessage());
        retryLater();
    }

    private void retryLater() {
        if (closed) {
            return;
        }
        long ceiling = Math.min(BACKOFF_MAX_MILLIS, BACKOFF_MIN_MILLIS << Math.min(failedAttempts++, 10));
        long delay = ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1);
        vertx.setTimer(delay, timer -> connect());
    }

    private void received(Response response) {
        if (response.type() != ResponseType.PUSH && response.type() != ResponseType.MULTI || response.size() < 3) {
            return;
        }
        String channel = response.get(1).toString();
        switch (response.get(0).toString()) {
            case "message" -> {
                if (channel.equals(canaryChannel)) {
                    heardAt = System.nanoTime();
                } else {
                    listener.message(channel, response.get(2).toString());
                }
            }
            case "subscribe" -> {
                if (!channel.equals(canaryChannel)) {
                    listener.subscribed(channel);
                }
            }
            default -> LOG.tracef("Redis shard %s: %s %s", address, response.get(0), channel);
        }
    }

    private void canary() {
        Link current = link;
        if (current == null) {
            return;
        }
        if (System.nanoTime() - heardAt > CANARY_TIMEOUT.toNanos()) {
            failed(current, new IllegalStateException("its canary did not come back in " + CANARY_TIMEOUT));
        } else {
            publish(canaryChannel, "");
        }
    }

    synchronized void close() {
        closed = true;
        vertx.cancelTimer(canaryTimer);
        Link current = link;
        link = null;
        if (current != null) {
            current.client().close();
        }
    }
}
