package io.chatcluster.chat.webhook;

import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.message.StoredEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * A queue of batches and the thread that posts them, one request at a time, so that what is in one lane keeps its order. A
 * request that fails is repeated with growing pauses; what waits meanwhile is bounded, and what does not fit is dropped.
 */
final class WebhookLane implements Runnable {
    private static final Logger LOG = Logger.getLogger(WebhookLane.class);
    private static final int REQUEST_CHARS = 256 * 1024;
    private static final int REQUEST_BATCHES = 200;

    private final WebhookSender sender;
    private final WebhookMetrics metrics;
    private final Retries retries;
    private final long charsMax;
    private final BlockingQueue<Batch> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong waitingChars = new AtomicLong();

    /**
     * How a request is repeated.
     *
     * @param first the pause after the first failure; each further one doubles it
     * @param longest no pause is longer
     * @param giveUpAfter how long one request is tried
     */
    record Retries(Duration first, Duration longest, Duration giveUpAfter) {}

    /** @param charsMax the most characters of events that wait */
    WebhookLane(WebhookSender sender, WebhookMetrics metrics, Retries retries, long charsMax) {
        this.sender = sender;
        this.metrics = metrics;
        this.retries = retries;
        this.charsMax = charsMax;
    }

    /** Takes the batch in, or drops it when there is no room. Never blocks. */
    void offer(Batch batch) {
        long chars = chars(batch);
        if (waitingChars.addAndGet(chars) > charsMax) {
            waitingChars.addAndGet(-chars);
            metrics.dropped(batch.events().size());
            return;
        }
        waiting.add(batch);
    }

    /** Characters of events that are not accepted yet. */
    long waitingChars() {
        return waitingChars.get();
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<Batch> batches = next();
                deliver(batches);
                batches.forEach(batch -> waitingChars.addAndGet(-chars(batch)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Batch> next() throws InterruptedException {
        List<Batch> batches = new ArrayList<>();
        Batch batch = waiting.take();
        long chars = 0;
        while (batch != null) {
            batches.add(batch);
            chars += chars(batch);
            Batch following = waiting.peek();
            boolean fits =
                    following != null && batches.size() < REQUEST_BATCHES && chars + chars(following) <= REQUEST_CHARS;
            batch = fits ? waiting.poll() : null;
        }
        return batches;
    }

    private void deliver(List<Batch> batches) throws InterruptedException {
        String delivery = UUID.randomUUID().toString();
        byte[] body = encode(batches);
        int events = batches.stream().mapToInt(batch -> batch.events().size()).sum();
        long startedAt = System.nanoTime();
        long pause = retries.first.toMillis();
        boolean failing = false;
        while (true) {
            try {
                sender.send(delivery, body);
                metrics.accepted(events);
                if (failing) {
                    LOG.info("The webhook accepts events again");
                }
                return;
            } catch (IOException failure) {
                metrics.failed();
                if (!failing) {
                    LOG.warnf("The webhook did not accept %d events, will keep trying: %s", events, failure);
                }
                failing = true;
            }
            if (System.nanoTime() - startedAt > retries.giveUpAfter.toNanos()) {
                metrics.dropped(events);
                LOG.errorf("The webhook did not accept %d events for too long: dropped", events);
                return;
            }
            Thread.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
            pause = Math.min(pause * 2, retries.longest.toMillis());
        }
    }

    /** {@code {"events":[{"room":…,"event":{…}},…]}} in the order of the commits. */
    private static byte[] encode(List<Batch> batches) {
        StringBuilder json = new StringBuilder("{\"events\":[");
        String separator = "";
        for (Batch batch : batches) {
            for (StoredEvent event : Batch.slice(List.of(batch), 0, Long.MAX_VALUE)) {
                json.append(separator)
                        .append("{\"room\":\"")
                        .append(batch.room().value())
                        .append("\",\"event\":");
                event.appendTo(json);
                json.append('}');
                separator = ",";
            }
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long chars(Batch batch) {
        long chars = 0;
        for (String body : batch.events()) {
            chars += body.length();
        }
        return chars;
    }
}
