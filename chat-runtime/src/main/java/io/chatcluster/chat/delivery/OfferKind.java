package io.chatcluster.chat.delivery;

/** How much a connection depends on an object that is offered to it. */
public enum OfferKind {
    /** Part of a room's dense order or a reply: the connection cannot go on without it. */
    REQUIRED,
    /** Momentary (typing, presence): a full outbox may leave it out. */
    EPHEMERAL
}
