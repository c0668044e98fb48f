package io.chatcluster.chat.message;

import io.chatcluster.chat.room.Grant;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An event that waits for its commit.
 *
 * @param bytes its size in UTF-8
 * @param deadline when it is given up, on the clock of {@link System#nanoTime()}
 * @param grant that its author may write it; null for an event of the service itself
 * @param span of the command or request that it comes from
 */
record PendingEvent(
        String body,
        String identity,
        int bytes,
        long deadline,
        @Nullable Grant grant,
        SpanContext span,
        CompletableFuture<Ack> ack) {

    static PendingEvent of(String body, long deadline, @Nullable Grant grant) {
        return new PendingEvent(
                body,
                EventBody.identity(body),
                body.getBytes(StandardCharsets.UTF_8).length,
                deadline,
                grant,
                Span.current().getSpanContext(),
                new CompletableFuture<>());
    }

    /** The event, as of the newer grant. */
    PendingEvent with(Grant newer) {
        return new PendingEvent(body, identity, bytes, deadline, newer, span, ack);
    }
}
