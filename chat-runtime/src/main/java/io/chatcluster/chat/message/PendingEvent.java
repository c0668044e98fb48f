package io.chatcluster.chat.message;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * An event that waits for its commit.
 *
 * @param bytes its size in UTF-8
 * @param deadline when it is given up, on the clock of {@link System#nanoTime()}
 */
record PendingEvent(String body, String identity, int bytes, long deadline, CompletableFuture<Ack> ack) {

    static PendingEvent of(String body, long deadline) {
        return new PendingEvent(
                body,
                EventBody.identity(body),
                body.getBytes(StandardCharsets.UTF_8).length,
                deadline,
                new CompletableFuture<>());
    }
}
