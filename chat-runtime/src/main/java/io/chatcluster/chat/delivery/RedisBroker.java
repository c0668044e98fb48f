package io.chatcluster.chat.delivery;

import io.chatcluster.chat.operations.ChatConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fan-out over independent Redis nodes: a channel lives on the {@value #COPIES} nodes that rendezvous hashing gives it,
 * published and subscribed on both, so that losing one loses nothing.
 */
@ApplicationScoped
public class RedisBroker implements Broker, RedisCommands {

    static final int COPIES = 2;

    private final List<String> addresses;
    private final Map<String, RedisShard> shards = new LinkedHashMap<>();
    /** A subscription with its shards, so that they are not hashed again for every look. */
    private record Subscription(Subscriber subscriber, List<RedisShard> shards) {}

    private final ConcurrentHashMap<String, Subscription> subscriptions = new ConcurrentHashMap<>();

    @Inject
    public RedisBroker(Vertx vertx, ChatConfig config, MeterRegistry registry) {
        addresses = config.redis().shards().stream().distinct().sorted().toList();
        Counter failures = Counter.builder("chat.publish.failures")
                .description("Publishes that a Redis shard did not take")
                .register(registry);
        for (String address : addresses) {
            RedisShard shard = new RedisShard(vertx, config.redis(), address, new Incoming(), failures);
            shards.put(address, shard);
            Gauge.builder("chat.redis.shard.connected", shard, s -> s.healthy() ? 1 : 0)
                    .description("1 while the shard is subscribed and its canary comes back")
                    .tag("shard", address)
                    .register(registry);
            shard.start();
        }
    }

    /** What the shards hear, handed to whoever subscribed to the channel. */
    private final class Incoming implements RedisShard.Listener {

        @Override
        public void message(String channel, String payload) {
            Subscription subscription = subscriptions.get(channel);
            if (subscription != null) {
                subscription.subscriber().message(payload);
            }
        }

        @Override
        public void subscribed(String channel) {
            Subscription subscription = subscriptions.get(channel);
            if (subscription != null) {
                subscription.subscriber().interrupted();
            }
        }
    }

    @Override
    public void publish(String channel, String payload) {
        for (RedisShard shard : shardsOf(channel)) {
            shard.publish(channel, payload);
        }
    }

    @Override
    public void publishOnce(String channel, String payload) {
        List<RedisShard> carriers = shardsOf(channel);
        carriers.stream()
                .filter(RedisShard::healthy)
                .findFirst()
                .orElse(carriers.getFirst())
                .publish(channel, payload);
    }

    @Override
    public Attachment subscribe(String channel, Subscriber subscriber) {
        Subscription subscription = new Subscription(subscriber, shardsFor(channel));
        if (subscriptions.putIfAbsent(channel, subscription) != null) {
            throw new IllegalStateException("channel " + channel + " has a subscriber already");
        }
        subscription.shards().forEach(shard -> shard.subscribe(channel));
        return () -> {
            if (subscriptions.remove(channel, subscription)) {
                subscription.shards().forEach(shard -> shard.unsubscribe(channel));
            }
        };
    }

    @Override
    public boolean healthy(String channel) {
        return shardsOf(channel).stream().anyMatch(RedisShard::healthy);
    }

    @Override
    public List<ShardStatus> shards() {
        return shards.values().stream()
                .map(shard -> new ShardStatus(shard.address(), shard.healthy()))
                .toList();
    }

    private List<RedisShard> shardsOf(String channel) {
        Subscription subscription = subscriptions.get(channel);
        return subscription == null ? shardsFor(channel) : subscription.shards();
    }

    @Override
    public List<String> place(String key) {
        return Rendezvous.top(key, addresses, COPIES);
    }

    @Override
    public Future<List<@Nullable Response>> batch(String shard, List<Request> commands) {
        RedisShard node = shards.get(shard);
        return node == null
                ? Future.failedFuture(new IllegalArgumentException("no such shard: " + shard))
                : node.batch(commands);
    }

    private List<RedisShard> shardsFor(String channel) {
        return place(channel).stream()
                .flatMap(address -> Stream.ofNullable(shards.get(address)))
                .toList();
    }

    @PreDestroy
    public void close() {
        shards.values().forEach(RedisShard::close);
    }
}
