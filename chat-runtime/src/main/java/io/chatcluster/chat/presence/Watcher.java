package io.chatcluster.chat.presence;

import io.chatcluster.chat.room.UserId;
import java.util.function.Consumer;

/** A connection that watches users. Equal to itself alone. */
final class Watcher {

    private final UserId user;
    private final Consumer<Presence> told;

    /** @param told never blocks */
    Watcher(UserId user, Consumer<Presence> told) {
        this.user = user;
        this.told = told;
    }

    UserId user() {
        return user;
    }

    void tell(Presence presence) {
        told.accept(presence);
    }
}
