package io.chatcluster.chat.services;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.chat.delivery.OfferKind;
import io.chatcluster.chat.delivery.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

/** A connection as delivery sees it: keeps the events it was offered, in order. */
public final class Inbox implements Outbox {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final List<String> offers = new CopyOnWriteArrayList<>();
    private volatile boolean full;

    @Override
    public boolean offer(String json, OfferKind kind) {
        if (full) {
            return false;
        }
        offers.add(json);
        try {
            JSON.readTree(json).path("push").path("events").forEach(events::add);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + json, e);
        }
        return true;
    }

    /** From now on it takes nothing. */
    public void fill() {
        full = true;
    }

    /** The pushes themselves. */
    public List<String> offers() {
        return offers;
    }

    /** The events, each as it came. */
    public List<JsonNode> events() {
        return events;
    }

    public List<Long> seqs() {
        return events.stream().map(e -> e.path("seq").asLong()).toList();
    }

    public List<String> texts() {
        return events.stream().map(e -> e.path("text").asText()).toList();
    }

    /** Waits until it has the event of that sequence. */
    public Inbox await(long seq, Duration atMost) {
        Patience.await("event " + seq)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !events.isEmpty() && events.getLast().path("seq").asLong() >= seq);
        return this;
    }

    /** {@code first..last}, to compare {@link #seqs} with. */
    public static List<Long> dense(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
