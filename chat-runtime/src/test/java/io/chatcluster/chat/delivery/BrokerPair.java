package io.chatcluster.chat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Two pods' brokers: one publishes on every channel without a pause, the other hears all of them. No log makes good. */
final class BrokerPair implements AutoCloseable {

    private static final int CHANNELS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer than it takes to follow a file, in place of the time that presence needs, of which there is none here. */
    private static final Duration SAID_AGAIN = Duration.ofSeconds(2);

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final Map<String, Set<Integer>> heard = new ConcurrentHashMap<>();
    private final List<String> interruptions = new CopyOnWriteArrayList<>();
    private final AtomicInteger published = new AtomicInteger();
    private volatile boolean stopped;
    private final Thread traffic;

    final RedisBroker sender;
    final RedisBroker listener;

    /** @param sender settings of the one, @param listener settings of the other */
    BrokerPair(Map<String, String> sender, Map<String, String> listener) {
        this.sender = new RedisBroker(vertx, Settings.with(sender), metrics, SAID_AGAIN);
        this.listener = new RedisBroker(vertx, Settings.with(listener), new SimpleMeterRegistry(), SAID_AGAIN);
        await("connections", () -> connected(this.sender) && connected(this.listener));
        for (int i = 0; i < CHANNELS; i++) {
            listen("room:" + i);
        }
        await("the subscriptions on both shards of each channel", () -> interruptions.size() == 2 * CHANNELS);
        await("the lists", () -> !this.listener.shardLists().isEmpty());
        interruptions.clear();
        traffic = Thread.ofPlatform().start(this::publish);
    }

    static boolean connected(RedisBroker broker) {
        return broker.shards().stream().allMatch(Broker.ShardStatus::connected);
    }

    static void await(String what, Callable<Boolean> condition) {
        Patience.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    private void listen(String channel) {
        heard.put(channel, ConcurrentHashMap.newKeySet());
        var unused = listener.subscribe(channel, new Broker.Subscriber() {
            @Override
            public void message(String payload) {
                heard.get(channel).add(Integer.parseInt(payload));
            }

            @Override
            public void interrupted() {
                interruptions.add(channel);
            }
        });
    }

    private void publish() {
        while (!stopped) {
            int number = published.get();
            for (int i = 0; i < CHANNELS; i++) {
                sender.publish("room:" + i, Integer.toString(number));
            }
            published.incrementAndGet();
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Lets so many more go by on every channel. */
    void passes(int messages) {
        int until = published.get() + messages;
        await(messages + " more on every channel", () -> published.get() >= until);
    }

    void stop() throws InterruptedException {
        stopped = true;
        traffic.join();
    }

    /** Ends the traffic: everything was heard, and nobody had a reason to look into the log. */
    void missedNothing() throws InterruptedException {
        heardEverything();
        assertThat(interruptions).isEmpty();
        assertThat(metrics.get("chat.publish.failures").counter().count()).isZero();
    }

    /** Ends the traffic: everything was heard, perhaps on one of two shards. */
    void heardEverything() throws InterruptedException {
        stop();
        Set<Integer> all = IntStream.range(0, published.get()).boxed().collect(Collectors.toSet());
        heard.forEach((channel, numbers) -> {
            await("everything on " + channel, () -> numbers.size() >= all.size());
            assertThat(numbers).isEqualTo(all);
        });
    }

    @Override
    public void close() {
        stopped = true;
        sender.close();
        listener.close();
        vertx.close();
    }
}
