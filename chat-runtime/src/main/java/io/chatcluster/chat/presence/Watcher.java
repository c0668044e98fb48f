package io.chatcluster.chat.presence;

import io.chatcluster.chat.room.UserId;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** A connection that watches users. Equal to itself alone. */
final class Watcher {

    private final UserId user;
    private final Predicate<Presence> told;
    /** Of those it watches, whom it might not see when it was told. None as a rule. */
    private volatile Set<UserId> hidden = Set.of();

    /** @param told never blocks; false when the connection has no room for it now */
    Watcher(UserId user, Predicate<Presence> told) {
        this.user = user;
        this.told = told;
    }

    /** Notes whether the user could be seen when this was told. */
    void saw(UserId other, boolean visible) {
        if (visible == hidden.contains(other)) {
            synchronized (this) {
                Set<UserId> changed = new HashSet<>(hidden);
                if (visible) {
                    changed.remove(other);
                } else {
                    changed.add(other);
                }
                hidden = Set.copyOf(changed);
            }
        }
    }

    boolean missed(UserId other) {
        return hidden.contains(other);
    }

    UserId user() {
        return user;
    }

    /** False when it is to be told again later. */
    boolean tell(Presence presence) {
        return told.test(presence);
    }
}
