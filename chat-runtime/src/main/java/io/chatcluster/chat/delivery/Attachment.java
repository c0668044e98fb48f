package io.chatcluster.chat.delivery;

/** A connection's interest in a room. */
public interface Attachment extends AutoCloseable {

    /** Ends it: once this returns nothing more is offered. Idempotent, never blocks for long. */
    @Override
    void close();
}
