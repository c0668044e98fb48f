package io.chatcluster.chat.message;

import io.chatcluster.chat.operations.Tracing;
import io.chatcluster.chat.room.Grant;
import io.chatcluster.chat.room.RoomId;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.arc.All;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The writers of the rooms this pod writes to; one that is not used for some minutes is forgotten. */
@ApplicationScoped
public class RoomWriters {

    static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(15);

    private static final Duration IDLE_MAX = Duration.ofMinutes(2);
    private static final Duration SWEEP_PERIOD = Duration.ofSeconds(30);

    private final ConcurrentHashMap<RoomId, RoomWriter> writers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("writer-sweeper").factory());
    private final MessageLog log;
    private final CommitListener listener;
    private final WriterTelemetry telemetry;

    @Inject
    RoomWriters(MessageLog log, @All List<CommitListener> listeners, MeterRegistry registry, Tracing tracing) {
        this(log, batch -> listeners.forEach(listener -> listener.committed(batch)), registry, tracing.tracer());
    }

    public RoomWriters(MessageLog log, CommitListener listener, MeterRegistry registry, Tracer tracer) {
        this.log = log;
        this.listener = listener;
        this.telemetry = new WriterTelemetry(registry, tracer);
        var unused = sweeper.scheduleWithFixedDelay(
                () -> forgetIdleSince(System.nanoTime() - IDLE_MAX.toNanos()),
                SWEEP_PERIOD.toMillis(),
                SWEEP_PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Enqueues an event of the service itself; otherwise as below. */
    public CompletableFuture<Ack> append(RoomId room, String body) {
        return append(room, body, null);
    }

    /**
     * Enqueues the event after all earlier ones of this pod for the room; completes after the commit. Never blocks;
     * what depends on it must not block either, for it may run on an event loop.
     *
     * @param grant that its author may write it: renewed where the room's log has another word on that
     */
    public CompletableFuture<Ack> append(RoomId room, String body, @Nullable Grant grant) {
        PendingEvent event = PendingEvent.of(body, System.nanoTime() + COMMIT_TIMEOUT.toNanos(), grant);
        RoomWriter writer = writers.compute(room, (id, existing) -> {
            // Within the map's own exclusion, so that no event reaches a writer that is being forgotten.
            RoomWriter present = existing == null ? new RoomWriter(id, log, listener, telemetry) : existing;
            present.submit(event);
            return present;
        });
        // Outside of it: it may be acknowledged before this returns.
        writer.wake();
        return event.ack();
    }

    void forgetIdleSince(long nanoTime) {
        for (RoomId room : writers.keySet()) {
            writers.computeIfPresent(room, (id, writer) -> writer.idleSince(nanoTime) ? null : writer);
        }
    }

    int rooms() {
        return writers.size();
    }

    /** Events that are enqueued and not committed yet, of all rooms. */
    public int waiting() {
        return writers.values().stream().mapToInt(RoomWriter::waiting).sum();
    }

    @PreDestroy
    public void close() {
        sweeper.shutdownNow();
    }
}
