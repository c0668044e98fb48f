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
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Fan-out over independent Redis nodes: a channel lives on the two nodes that rendezvous hashing gives it, published and
 * subscribed on both, so that losing one loses nothing. While nodes come and go it lives on the former two and the new two.
 */
@ApplicationScoped
public class RedisBroker implements Broker, RedisCommands {

    /** After this long every pod has said again on the new shards what it keeps in Redis for its users. */
    private static final Duration SAID_AGAIN = Duration.ofSeconds(15);

    private static final Logger LOG = Logger.getLogger(RedisBroker.class);

    /** A subscription with its shards, so that they are not hashed again for every look. */
    private record Subscription(Subscriber subscriber, List<RedisShard> shards) {}

    private record Node(RedisShard shard, Gauge gauge) {}

    private final Vertx vertx;
    private final boolean tls;
    private final MeterRegistry registry;
    private final Duration saidAgain;
    private final Counter failures;
    private final RedisFiles files;
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private volatile RedisPlacement placement = new RedisPlacement(List.of());
    private volatile long placedAt;
    private volatile List<String> inForce = List.of();

    @Inject
    public RedisBroker(Vertx vertx, ChatConfig config, MeterRegistry registry) {
        this(vertx, config, registry, SAID_AGAIN);
    }

    /** @param saidAgain after how long on new shards every pod has said there what it keeps in Redis */
    RedisBroker(Vertx vertx, ChatConfig config, MeterRegistry registry, Duration saidAgain) {
        this.vertx = vertx;
        this.tls = config.redis().tls();
        this.registry = registry;
        this.saidAgain = saidAgain;
        failures = Counter.builder("chat.publish.failures")
                .description("Publishes that a Redis shard did not take")
                .register(registry);
        files = new RedisFiles(config.redis());
        place(files.placement(), false);
        files.watch(this::follow);
    }

    /** What the shards hear, handed to whoever subscribed to the channel. */
    private final class Incoming implements RedisShard.Listener {

        @Override
        public void message(String channel, String payload) {
            Subscription subscription = subscriptions.get(channel);
            if (subscription != null && payload.equals(RedisMissed.LOOK)) {
                subscription.subscriber().interrupted();
            } else if (subscription != null) {
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

    /** After each look at the files. */
    private void follow(RedisPlacement told) {
        if (!told.equals(placement)) {
            LOG.infof("Redis shards: %s", told.lines());
            place(told, true);
        }
        // One shard at a time: what a room sends comes by the other meanwhile.
        var unused = nodes.values().stream().anyMatch(node -> node.shard().renew());
        confirm(told);
    }

    private synchronized void place(RedisPlacement told, boolean whileRunning) {
        for (String address : told.addresses()) {
            nodes.computeIfAbsent(address, added -> connect(added, whileRunning));
        }
        placement = told;
        placedAt = System.nanoTime();
        subscriptions.replaceAll((channel, former) -> {
            Subscription moved = new Subscription(former.subscriber(), shardsFor(channel));
            moved.shards().stream()
                    .filter(shard -> !former.shards().contains(shard))
                    .forEach(shard -> shard.subscribeToo(channel));
            former.shards().stream()
                    .filter(shard -> !moved.shards().contains(shard))
                    .forEach(shard -> shard.unsubscribe(channel));
            return moved;
        });
        nodes.entrySet().removeIf(node -> {
            boolean gone = !told.addresses().contains(node.getKey());
            if (gone) {
                registry.remove(node.getValue().gauge());
                node.getValue().shard().retire();
            }
            return gone;
        });
    }

    private Node connect(String address, boolean added) {
        RedisEndpoint endpoint = new RedisEndpoint(vertx, tls, address, files::access);
        RedisShard shard = new RedisShard(endpoint, new Incoming(), failures, added);
        Gauge gauge = Gauge.builder("chat.redis.shard.connected", shard, s -> s.healthy() ? 1 : 0)
                .description("1 while the shard is subscribed and its canary comes back")
                .tag("shard", address)
                .register(registry);
        shard.start();
        return new Node(shard, gauge);
    }

    /**
     * Lists are in force once each shard of the last one, which stays, has carried out the subscriptions. Those of the former
     * list had them before, and one of them that is dead would be in the way of its own removal.
     */
    private void confirm(RedisPlacement told) {
        boolean early = told.changing() && System.nanoTime() - placedAt < saidAgain.toNanos();
        if (early || told.lines().equals(inForce)) {
            return;
        }
        List<Future<Void>> answers =
                shards(told.lists().getLast().stream()).map(RedisShard::settled).toList();
        var unused = Future.all(answers).onSuccess(all -> {
            if (told.equals(placement)) {
                inForce = told.lines();
            }
        });
    }

    @Override
    public void publish(String channel, String payload) {
        List<RedisShard> carriers = shardsOf(channel);
        for (RedisShard shard : carriers) {
            if (!shard.joining() || carriers.stream().allMatch(RedisShard::joining)) {
                shard.publish(channel, payload);
            }
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
    public synchronized Attachment subscribe(String channel, Subscriber subscriber) {
        Subscription subscription = new Subscription(subscriber, shardsFor(channel));
        if (subscriptions.putIfAbsent(channel, subscription) != null) {
            throw new IllegalStateException("channel " + channel + " has a subscriber already");
        }
        subscription.shards().forEach(shard -> shard.subscribe(channel));
        return () -> unsubscribe(channel, subscriber);
    }

    private synchronized void unsubscribe(String channel, Subscriber subscriber) {
        Subscription subscription = subscriptions.get(channel);
        if (subscription != null && subscription.subscriber() == subscriber) {
            subscriptions.remove(channel);
            subscription.shards().forEach(shard -> shard.unsubscribe(channel));
        }
    }

    @Override
    public boolean healthy(String channel) {
        RedisPlacement told = placement;
        // There may be pods that only the shards of one of the lists let in: what those say comes by no other.
        return told.changing()
                ? told.places(channel).stream().allMatch(this::anyHealthy)
                : shardsOf(channel).stream().anyMatch(RedisShard::healthy);
    }

    private boolean anyHealthy(List<String> addresses) {
        return shards(addresses.stream()).anyMatch(RedisShard::healthy);
    }

    @Override
    public List<ShardStatus> shards() {
        return nodes.values().stream()
                .map(Node::shard)
                .map(shard -> new ShardStatus(shard.address(), shard.healthy(), shard.user()))
                .sorted(Comparator.comparing(ShardStatus::shard))
                .toList();
    }

    @Override
    public List<String> shardLists() {
        return inForce;
    }

    private List<RedisShard> shardsOf(String channel) {
        Subscription subscription = subscriptions.get(channel);
        return subscription == null ? shardsFor(channel) : subscription.shards();
    }

    @Override
    public List<String> place(String key) {
        return placement.place(key);
    }

    @Override
    public Future<List<@Nullable Response>> batch(String shard, List<Request> commands) {
        Node node = nodes.get(shard);
        return node == null
                ? Future.failedFuture(new IllegalArgumentException("no such shard: " + shard))
                : node.shard().batch(commands);
    }

    private List<RedisShard> shardsFor(String channel) {
        return shards(place(channel).stream()).toList();
    }

    private Stream<RedisShard> shards(Stream<String> addresses) {
        return addresses
                .flatMap(address -> Stream.ofNullable(nodes.get(address)))
                .map(Node::shard);
    }

    @PreDestroy
    public void close() {
        files.close();
        nodes.values().forEach(node -> node.shard().close());
    }
}
