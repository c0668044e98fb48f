package io.chatcluster.chat.presence;

import io.chatcluster.chat.room.UserId;
import java.util.function.Predicate;

/** A connection that watches users. Equal to itself alone. */
final class Watcher {

    private final UserId user;
    private final Predicate<Presence> told;

    /** @param told never blocks; false when the connection has no room for it now */
    Watcher(UserId user, Predicate<Presence> told) {
        this.user = user;
        this.told = told;
    }

    UserId user() {
        return user;
    }

    /** False when it is to be told again later. */
    boolean tell(Presence presence) {
        return told.test(presence);
    }
}
