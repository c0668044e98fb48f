package io.chatcluster.chat.delivery;

import io.chatcluster.chat.room.UserId;

/** One connection's place in a feed; closed by itself when the connection did not take an offer. */
final class FeedAttachment {

    private final UserId user;
    private final Outbox outbox;
    private volatile boolean closed;

    FeedAttachment(UserId user, Outbox outbox) {
        this.user = user;
        this.outbox = outbox;
    }

    UserId user() {
        return user;
    }

    boolean closed() {
        return closed;
    }

    /** Excludes {@link #offer}, which never blocks: once this returns, nothing more is offered. */
    synchronized void close() {
        closed = true;
    }

    synchronized void offer(String push) {
        if (!closed && !outbox.offer(push, OfferKind.REQUIRED)) {
            closed = true;
        }
    }

    synchronized void offerMomentary(String push) {
        if (!closed) {
            // One that is full goes on without it.
            outbox.offer(push, OfferKind.EPHEMERAL);
        }
    }
}
