package io.chatcluster.chat.message;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Collection;
import java.util.List;

/** What is told of the writers of all rooms: counts, and a span for each append that somebody traced waits for. */
final class WriterTelemetry {

    private final Tracer tracer;

    private final Counter appends;
    private final Counter conflicts;
    private final Counter failures;
    private final DistributionSummary batchEvents;

    WriterTelemetry(MeterRegistry registry, Tracer tracer) {
        this.tracer = tracer;
        appends = Counter.builder("chat.appends")
                .description("Batches this pod committed")
                .register(registry);
        conflicts = Counter.builder("chat.append.conflicts")
                .description("Appends that lost their place to another pod and were tried again")
                .register(registry);
        failures = Counter.builder("chat.append.failures")
                .description("Times that all failed which waited to be committed in a room, as while DynamoDB is away")
                .register(registry);
        batchEvents = DistributionSummary.builder("chat.batch.events")
                .description("Events in a committed batch")
                .register(registry);
    }

    /** An append that begins, and ends once, however often it is tried. */
    record OpenAppend(Batch batch, Span span) {}

    /** @param events what the batch is made of */
    OpenAppend begin(Batch batch, Collection<PendingEvent> events) {
        return new OpenAppend(batch, span(batch, events));
    }

    /** Appends the batch, and blocks until that is done. */
    Append append(MessageLog log, OpenAppend open) {
        try {
            Append outcome = log.append(open.batch());
            ended(open, outcome);
            return outcome;
        } catch (RuntimeException failure) {
            open.span().setStatus(StatusCode.ERROR);
            open.span().end();
            throw failure;
        }
    }

    void ended(OpenAppend open, Append outcome) {
        switch (outcome) {
            case Append.Committed() -> {
                appends.increment();
                batchEvents.record(open.batch().events().size());
            }
            case Append.Lost(Batch _) -> {
                conflicts.increment();
                open.span().setAttribute("chat.append.lost", true);
            }
        }
        open.span().end();
    }

    /** All that waited in a room was not committed, be it that no append was tried or that nothing is known of it. */
    void failed() {
        failures.increment();
    }

    /** Of the first traced event's trace, with links to those of the others. */
    private Span span(Batch batch, Collection<PendingEvent> events) {
        List<SpanContext> traced = events.stream()
                .map(PendingEvent::span)
                .filter(SpanContext::isSampled)
                .toList();
        if (traced.isEmpty()) {
            return Span.getInvalid();
        }
        SpanBuilder span = tracer.spanBuilder("append")
                .setSpanKind(SpanKind.CLIENT)
                .setParent(Context.root().with(Span.wrap(traced.getFirst())))
                .setAttribute("chat.room", batch.room().value())
                .setAttribute("chat.batch.events", (long) events.size());
        traced.stream().skip(1).forEach(span::addLink);
        return span.startSpan();
    }
}
