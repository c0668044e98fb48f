package io.chatcluster.chat.message;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/** What the writers of all rooms did. */
final class WriterMetrics {

    private final Counter appends;
    private final Counter conflicts;
    private final DistributionSummary batchEvents;

    WriterMetrics(MeterRegistry registry) {
        appends = Counter.builder("chat.appends")
                .description("Batches this pod committed")
                .register(registry);
        conflicts = Counter.builder("chat.append.conflicts")
                .description("Appends that lost their place to another pod and were tried again")
                .register(registry);
        batchEvents = DistributionSummary.builder("chat.batch.events")
                .description("Events in a committed batch")
                .register(registry);
    }

    void committed(int events) {
        appends.increment();
        batchEvents.record(events);
    }

    void conflict() {
        conflicts.increment();
    }
}
