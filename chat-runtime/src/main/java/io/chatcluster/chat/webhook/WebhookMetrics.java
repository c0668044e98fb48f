package io.chatcluster.chat.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the webhook did. */
final class WebhookMetrics {
    private final Counter accepted;
    private final Counter failed;
    private final Counter delivered;
    private final Counter dropped;

    WebhookMetrics(MeterRegistry registry) {
        accepted = requests(registry, "accepted", "Requests to the webhook that it accepted");
        failed = requests(registry, "failed", "Requests to the webhook that it did not accept");
        delivered = events(registry, "delivered", "Events that the webhook accepted");
        dropped = events(registry, "dropped", "Events that were given up: too many waited, or it failed for too long");
    }

    private static Counter requests(MeterRegistry registry, String outcome, String description) {
        return Counter.builder("chat.webhook.requests")
                .description(description)
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Counter events(MeterRegistry registry, String outcome, String description) {
        return Counter.builder("chat.webhook.events")
                .description(description)
                .tag("outcome", outcome)
                .register(registry);
    }

    void accepted(int events) {
        accepted.increment();
        delivered.increment(events);
    }

    void failed() {
        failed.increment();
    }

    void dropped(int events) {
        dropped.increment(events);
    }
}
