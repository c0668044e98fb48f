package io.chatcluster.chat.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** What the feeds of all rooms did. */
final class FeedMetrics {

    private static final Duration[] BUCKETS = LongStream.of(
                    5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Counter deliveries;
    private final Timer latency;
    private final Counter holes;

    FeedMetrics(MeterRegistry registry) {
        deliveries = Counter.builder("chat.deliveries")
                .description(
                        "Events handed to this pod's connections as they came, once for each connection; not what one "
                                + "resumes with")
                .register(registry);
        latency = Timer.builder("chat.delivery.latency")
                .description("From a batch's append until it was handed to this pod's connections, once for each batch")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        holes = Counter.builder("chat.holes.repaired")
                .description("Times that events were read from the log which Redis did not bring in time")
                .register(registry);
    }

    /** @param time when the events were appended, epoch milliseconds, on the clock of the pod that did it */
    void delivered(int events, int connections, long time) {
        deliveries.increment((double) events * connections);
        latency.record(Math.max(0, System.currentTimeMillis() - time), TimeUnit.MILLISECONDS);
    }

    void repaired() {
        holes.increment();
    }
}
