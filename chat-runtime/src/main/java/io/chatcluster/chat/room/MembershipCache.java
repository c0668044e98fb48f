package io.chatcluster.chat.room;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

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

    /**
     * The membership, good for its role only: the read marker may be old. Blocks when it has to ask the store.
     *
     * @throws ChatException {@code not_found} when the user is not a member
     */
    Membership require(UserId user, RoomId room) {
        return memberships.get(new Key(user, room), this::read);
    }

    private Membership read(Key key) {
        return store.membership(key.user(), key.room())
                .orElseThrow(() -> new ChatException(ErrorCode.NOT_FOUND, "no such room"));
    }

    /** Forgets it, also one that is being read right now. Blocks. */
    public void forget(UserId user, RoomId room) {
        memberships.invalidate(new Key(user, room));
    }
}
