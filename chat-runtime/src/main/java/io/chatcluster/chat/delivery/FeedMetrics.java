package io.chatcluster.chat.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the feeds of all rooms did. */
final class FeedMetrics {

    private final Counter deliveries;
    private final Counter holes;

    FeedMetrics(MeterRegistry registry) {
        deliveries = Counter.builder("chat.deliveries")
                .description("Events handed to connections of this pod, once for each connection")
                .register(registry);
        holes = Counter.builder("chat.holes.repaired")
                .description("Times that events which Redis did not bring were read from the log")
                .register(registry);
    }

    void delivered(int events, int connections) {
        deliveries.increment((double) events * connections);
    }

    void repaired() {
        holes.increment();
    }
}
