package io.chatcluster.chat.room;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Memberships for authorisation. Changes that this pod hears of count at once, all others within
 * {@link #TIME_TO_LIVE}; that somebody is not a member is never kept.
 */
@ApplicationScoped
public class MembershipCache {

    static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);
    private static final int ENTRIES_MAX = 100_000;

    private record Key(UserId user, RoomId room) {}

    private final Cache<Key, Membership> memberships = Caffeine.newBuilder()
            .maximumSize(ENTRIES_MAX)
            .expireAfterWrite(TIME_TO_LIVE)
            .build();
    private final RoomStore store;

    @Inject
    public MembershipCache(RoomStore store) {
        this.store = store;
    }

    /** Blocks when it has to ask the store. Good for the role only: the read marker may be old. */
    Optional<Membership> get(UserId user, RoomId room) {
        @Nullable Membership membership =
                memberships.get(new Key(user, room), key -> store.membership(key.user(), key.room())
                        .orElse(null));
        return Optional.ofNullable(membership);
    }

    /** Forgets it, also one that is being read right now. Blocks. */
    public void forget(UserId user, RoomId room) {
        memberships.invalidate(new Key(user, room));
    }
}
