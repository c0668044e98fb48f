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

    /**
     * What a user may do in a room.
     *
     * @param membership good for its role only: the read marker may be old
     * @param blocked whether it is a direct room of two users one of whom blocks the other
     */
    record Place(Membership membership, boolean blocked) {}

    private final Cache<Key, Place> places = Caffeine.newBuilder()
            .maximumSize(ENTRIES_MAX)
            .expireAfterWrite(TIME_TO_LIVE)
            .build();
    private final RoomStore store;
    private final BlockStore blocks;

    @Inject
    public MembershipCache(RoomStore store, BlockStore blocks) {
        this.store = store;
        this.blocks = blocks;
    }

    /**
     * The user's place in the room. Blocks when it has to ask the store.
     *
     * @throws ChatException {@code not_found} when the user is not a member
     */
    Place require(UserId user, RoomId room) {
        return places.get(new Key(user, room), this::read);
    }

    private Place read(Key key) {
        Membership membership = store.membership(key.user(), key.room())
                .orElseThrow(() -> new ChatException(ErrorCode.NOT_FOUND, "no such room"));
        UserId peer = membership.peer();
        return new Place(membership, peer != null && blocks.between(key.user(), peer));
    }

    /** Forgets it, also one that is being read right now. Blocks. */
    public void forget(UserId user, RoomId room) {
        places.invalidate(new Key(user, room));
    }
}
