package io.chatcluster.chat.delivery;

/** What waits to be written to one connection. Never blocks; safe for use by many threads. */
@FunctionalInterface
public interface Outbox {

    /**
     * Takes one encoded JSON object, to be written after everything taken before it. The same String instance may be
     * offered to many outboxes.
     *
     * @return false when it is full or closed: a connection that missed a {@link OfferKind#REQUIRED} object is closed
     */
    boolean offer(String json, OfferKind kind);
}
