package io.chatcluster.chat.message;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
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

    /** An item of DynamoDB holds 400 KiB; the rest is for the batch's own attributes. */
    private static final int BODY_BYTES_MAX = 380 * 1024;

    /** @throws ChatException {@code too_large} when the log could never take it: it would hold up all that wait with it */
    static PendingEvent of(String body, long deadline, @Nullable Grant grant) {
        int bytes = body.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BODY_BYTES_MAX) {
            throw new ChatException(ErrorCode.TOO_LARGE, "text: too large with its control characters escaped");
        }
        return new PendingEvent(
                body,
                EventBody.identity(body),
                bytes,
                deadline,
                grant,
                Span.current().getSpanContext(),
                new CompletableFuture<>());
    }

    /**
     * The event, as of a newer grant. Blocks.
     *
     * @throws ChatException when its author may not write it any more
     */
    PendingEvent renewed() {
        return grant == null ? this : new PendingEvent(body, identity, bytes, deadline, grant.renewed(), span, ack);
    }

    /** Is answered as the first one of the same identity is. */
    void follow(PendingEvent first) {
        var unused = first.ack.whenComplete((earlier, failure) -> {
            if (earlier == null) {
                ack.completeExceptionally(failure);
            } else {
                ack.complete(new Ack(earlier.seq(), earlier.time(), true));
            }
        });
    }
}
