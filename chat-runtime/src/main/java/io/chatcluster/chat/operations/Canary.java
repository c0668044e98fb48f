package io.chatcluster.chat.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.chat.delivery.Attachment;
import io.chatcluster.chat.delivery.Broker;
import io.chatcluster.chat.delivery.Payload;
import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.message.EventBody;
import io.chatcluster.chat.message.RoomWriters;
import io.chatcluster.chat.room.RoomId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sending a sign of life through the whole path, append and Redis, and hears those of all pods through Redis alone:
 * what it reports is that chat works, not that pods run.
 */
@ApplicationScoped
public class Canary {

    /**
     * What was heard of a pod.
     *
     * @param at when it was last heard, epoch milliseconds, on this pod's clock
     * @param latencyMillis from before its append to here: the median of its last {@value #SAMPLES} canaries, so that a single slow one
     *     says nothing; 0 when the clocks differ by more than it took
     */
    public record Heard(long at, long latencyMillis) {}

    /**
     * What the pod knows of its canaries.
     *
     * @param firstCommitAt when the first one was committed, epoch milliseconds; 0 when none was
     * @param sentAt when the last one that was committed was sent, epoch milliseconds; 0 when none was
     * @param lastError why the last one was not committed; null when it was
     * @param heard by pod name
     */
    public record Report(
            long firstCommitAt, long sentAt, @Nullable String lastError, Map<String, Heard> heard) {}

    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration UNHEARD_KEPT = Duration.ofSeconds(60);
    /** A minute of canaries. */
    private static final int SAMPLES = 12;

    private static final RoomId ROOM = new RoomId("~canary");
    private static final Logger LOG = Logger.getLogger(Canary.class);

    private final RoomWriters writers;
    private final Broker broker;
    private final String pod;
    private final Duration period;
    private final Timer latency;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Latencies> heard = new ConcurrentHashMap<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("canary").factory());
    private volatile long firstCommitAt;
    private volatile long sentAt;
    private volatile @Nullable String lastError;
    private @Nullable Attachment subscription;

    @Inject
    public Canary(RoomWriters writers, Broker broker, ChatConfig config, MeterRegistry registry) {
        this(writers, broker, config, registry, PERIOD);
    }

    Canary(RoomWriters writers, Broker broker, ChatConfig config, MeterRegistry registry, Duration period) {
        this.period = period;
        this.writers = writers;
        this.broker = broker;
        this.pod = config.pod();
        this.latency = Timer.builder("chat.canary.latency")
                .description("From before a canary's append until it is heard through Redis, canaries of all pods")
                .publishPercentileHistogram()
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        start();
    }

    /** Begins to listen and to send: at once, as soon as the channel is heard and nothing came through before, and periodically. */
    public void start() {
        subscription = broker.subscribe(Payload.channel(ROOM), new Broker.Subscriber() {
            @Override
            public void message(String payload) {
                received(payload);
            }

            @Override
            public void interrupted() {
                if (!heard.containsKey(pod)) {
                    scheduler.execute(Canary.this::send);
                }
            }
        });
        var unused = scheduler.scheduleAtFixedRate(this::send, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void send() {
        long now = System.currentTimeMillis();
        try {
            var unused = writers.append(ROOM, EventBody.canary(pod, now)).whenComplete((ack, failure) -> {
                if (ack == null) {
                    failed(failure);
                } else {
                    committed(now);
                }
            });
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void committed(long sent) {
        if (firstCommitAt == 0) {
            firstCommitAt = System.currentTimeMillis();
        }
        sentAt = sent;
        lastError = null;
    }

    private void failed(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (lastError == null) {
            LOG.warnf("The canary was not committed: %s", message);
        }
        lastError = message;
    }

    private void received(String payload) {
        Batch batch = Payload.decode(ROOM, payload);
        if (batch == null) {
            return;
        }
        long now = System.currentTimeMillis();
        for (String body : batch.events()) {
            try {
                JsonNode event = json.readTree('{' + body);
                heard(event.path("from").asText(), event.path("sentAt").asLong(), now);
            } catch (JsonProcessingException e) {
                LOG.warnf("A canary that is not JSON: %s", e.getOriginalMessage());
            }
        }
    }

    private void heard(String from, long sent, long now) {
        long took = Math.max(0, now - sent);
        heard.compute(from, (pod, known) -> {
            var latencies = known == null ? new Latencies(SAMPLES) : known;
            // Each comes once for each shard: the first counts.
            if (latencies.add(sent, now, took)) {
                latency.record(took, TimeUnit.MILLISECONDS);
            }
            return latencies;
        });
    }

    /** What is known now, without pods that have not been heard for a minute. */
    public Report report() {
        long since = System.currentTimeMillis() - UNHEARD_KEPT.toMillis();
        heard.values().removeIf(latencies -> latencies.lastAt() < since);
        var all = new TreeMap<String, Heard>();
        heard.forEach((from, latencies) -> all.put(from, new Heard(latencies.lastAt(), latencies.median())));
        return new Report(firstCommitAt, sentAt, lastError, all);
    }

    @PreDestroy
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
        scheduler.shutdownNow();
    }
}
