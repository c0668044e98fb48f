package io.chatcluster.chat.message;

/** Hears of every batch this pod committed, in the order of each room's sequences. */
@FunctionalInterface
public interface CommitListener {

    /** Must not block: the room's next batch waits for it. */
    void committed(Batch batch);
}
