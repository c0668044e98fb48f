package io.chatcluster.chat.message;

/** Hears of every batch this pod committed, in the order of each room's sequences. */
@FunctionalInterface
public interface CommitListener {

    /** Must not block: the room's next batch waits for it, and it may run on an event loop. */
    void committed(Batch batch);
}
