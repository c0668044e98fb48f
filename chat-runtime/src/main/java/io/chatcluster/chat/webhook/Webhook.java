package io.chatcluster.chat.webhook;

import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.message.CommitListener;
import io.chatcluster.chat.operations.ChatConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Posts every event this pod committed to {@code chat.webhook.url}, in each room's order, after it was acknowledged and
 * published. At least once while the pod lives; what waits in a pod that crashes, that does not fit while the receiver is slow,
 * or that was not accepted for {@link #RETRIES}' time is not sent. The receiver sees that by a hole in the room's
 * sequences and can read the history.
 */
@ApplicationScoped
@Priority(1)
public class Webhook implements CommitListener {
    private static final Logger LOG = Logger.getLogger(Webhook.class);
    /** Rooms of the service itself, such as the canary's, begin with it. */
    private static final String INTERNAL = "~";

    private static final int LANES = 8;
    private static final long LANE_CHARS_MAX = 4L * 1024 * 1024;
    private static final WebhookLane.Retries RETRIES =
            new WebhookLane.Retries(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(15));
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FLUSH_POLL = Duration.ofMillis(20);

    private final @Nullable WebhookSender sender;
    private final List<WebhookLane> lanes;
    private final List<Thread> threads = new ArrayList<>();

    @Inject
    public Webhook(ChatConfig config, MeterRegistry registry) {
        this(config, registry, RETRIES, LANE_CHARS_MAX);
    }

    Webhook(ChatConfig config, MeterRegistry registry, WebhookLane.Retries retries, long laneCharsMax) {
        ChatConfig.Webhook settings = config.webhook().orElse(null);
        if (settings == null) {
            sender = null;
            lanes = List.of();
            return;
        }
        WebhookSender http = new WebhookSender(settings.url(), new WebhookSignature(settings.secretFile()));
        WebhookMetrics metrics = new WebhookMetrics(registry);
        sender = http;
        lanes = IntStream.range(0, LANES)
                .mapToObj(lane -> new WebhookLane(http, metrics, retries, laneCharsMax))
                .toList();
        Gauge.builder("chat.webhook.waiting", this, Webhook::waitingChars)
                .description("Characters of events that the webhook has not accepted yet")
                .register(registry);
        for (int i = 0; i < LANES; i++) {
            threads.add(Thread.ofVirtual().name("webhook-" + i).start(lanes.get(i)));
        }
    }

    @Override
    public void committed(Batch batch) {
        String room = batch.room().value();
        if (!lanes.isEmpty() && !room.startsWith(INTERNAL)) {
            lanes.get(Math.floorMod(room.hashCode(), LANES)).offer(batch);
        }
    }

    long waitingChars() {
        return lanes.stream().mapToLong(WebhookLane::waitingChars).sum();
    }

    /** The last events were committed just now: give them a moment. */
    void flush(@Observes ShutdownEvent event) throws InterruptedException {
        long deadline = System.nanoTime() + FLUSH_TIMEOUT.toNanos();
        while (waitingChars() > 0 && System.nanoTime() - deadline < 0) {
            Thread.sleep(FLUSH_POLL);
        }
        if (waitingChars() > 0) {
            LOG.warnf("Stopping, and the webhook has not accepted all events: %d characters are lost", waitingChars());
        }
    }

    @PreDestroy
    public void close() {
        threads.forEach(Thread::interrupt);
        if (sender != null) {
            sender.close();
        }
    }
}
