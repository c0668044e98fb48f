package io.chatcluster.chat.session;

import io.chatcluster.chat.operations.Tracing;
import io.chatcluster.chat.protocol.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What is told of commands: rate, errors and duration as {@code chat_commands_seconds} by command and outcome, and a span for
 * each where the cluster has traces.
 */
@ApplicationScoped
class CommandTelemetry {
    private static final Duration[] BUCKETS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 15_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Tracer tracer;
    private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();

    @Inject
    CommandTelemetry(MeterRegistry registry, Tracing tracing) {
        this(registry, tracing.tracer());
    }

    CommandTelemetry(MeterRegistry registry, Tracer tracer) {
        this.registry = registry;
        this.tracer = tracer;
    }

    /** The handling of a command begins. */
    Handling begin(String command) {
        return new Handling(
                command,
                System.nanoTime(),
                tracer.spanBuilder("chat " + command)
                        .setSpanKind(SpanKind.SERVER)
                        .startSpan());
    }

    /** One command, until it is answered. */
    final class Handling {
        private final String command;
        private final long startedAt;
        private final Span span;

        private Handling(String command, long startedAt, Span span) {
            this.command = command;
            this.startedAt = startedAt;
            this.span = span;
        }

        /** Does what belongs to the command. */
        void during(Runnable work) {
            if (!span.getSpanContext().isSampled()) {
                work.run();
                return;
            }
            try (Scope _ = span.makeCurrent()) {
                work.run();
            }
        }

        /** The command is answered: with an error, unless it is null. */
        void end(@Nullable ErrorCode error) {
            timers.computeIfAbsent(
                            new Key(command, error == null ? "ok" : error.wireName()), CommandTelemetry.this::timer)
                    .record(Duration.ofNanos(System.nanoTime() - startedAt));
            if (error != null) {
                span.setAttribute("error.type", error.wireName());
                // What a client is to blame for is no error of the service.
                if (error == ErrorCode.INTERNAL || error == ErrorCode.UNAVAILABLE) {
                    span.setStatus(StatusCode.ERROR);
                }
            }
            span.end();
        }
    }

    private Timer timer(Key key) {
        return Timer.builder("chat.commands")
                .description("WebSocket commands from their frame to their reply")
                .serviceLevelObjectives(BUCKETS)
                .tag("command", key.command)
                .tag("outcome", key.outcome)
                .register(registry);
    }

    private record Key(String command, String outcome) {}
}
