package io.chatcluster.chat.presence;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whom one connection watches. For use by one thread. */
public final class PresenceSubscriptions implements AutoCloseable {

    /** Users that one connection may watch. */
    public static final int USERS_MAX = 1_000;

    private final Watcher watcher;
    private final PresenceWatch watch;
    private final Visibility visibility;
    /** None until somebody is watched, for many connections watch nobody. */
    private Set<UserId> users = Set.of();

    PresenceSubscriptions(Watcher watcher, PresenceWatch watch, Visibility visibility) {
        this.watcher = watcher;
        this.watch = watch;
        this.visibility = visibility;
    }

    /**
     * Tells how each of the users is, and from then on when that changes; of users who are not visible only that they are
     * offline, once. Those who are watched already are told again when they could not be seen before. Blocks.
     *
     * @throws ChatException {@code too_large} when it would be more than {@link #USERS_MAX} users, of whom none is added
     */
    public void subscribe(Collection<UserId> wanted) {
        Set<UserId> asked = new LinkedHashSet<>(wanted);
        asked.removeIf(user -> users.contains(user) && !watcher.missed(user));
        long added = asked.stream().filter(user -> !users.contains(user)).count();
        if (users.size() + added > USERS_MAX) {
            throw new ChatException(ErrorCode.TOO_LARGE, "presenceOf: at most " + USERS_MAX + " users");
        }
        Set<UserId> visible = visibility.visible(watcher.user(), asked);
        for (UserId user : asked) {
            if (visible.contains(user)) {
                users = users.isEmpty() ? new HashSet<>() : users;
                users.add(user);
                watcher.saw(user, true);
                watch.watch(user, watcher);
            } else {
                unsubscribe(List.of(user));
                // One who misses this takes the user for offline just the same.
                var unused = watcher.tell(Presence.unknown(user));
            }
        }
    }

    public void unsubscribe(Collection<UserId> unwanted) {
        for (UserId user : unwanted) {
            if (users.contains(user)) {
                users.remove(user);
                watch.unwatch(user, watcher);
                watcher.saw(user, true);
            }
        }
    }

    @Override
    public void close() {
        users.forEach(user -> watch.unwatch(user, watcher));
        users = Set.of();
    }
}
