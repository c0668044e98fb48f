package io.chatcluster.chat.presence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chatcluster.chat.delivery.LocalHub;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.Concurrently;
import io.chatcluster.chat.room.Membership;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomStore;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Who may see the presence of whom: users who share a room do. What it knows of rooms may be half a minute old. */
@ApplicationScoped
public class Visibility {

    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);
    /** Room ids, of all users together. */
    private static final long ROOMS_MAX = 1_000_000;

    private final RoomStore store;
    private final LocalHub hub;
    private final Cache<UserId, Set<RoomId>> rooms = Caffeine.newBuilder()
            .expireAfterWrite(TIME_TO_LIVE)
            .maximumWeight(ROOMS_MAX)
            .weigher((UserId user, Set<RoomId> ids) -> ids.size() + 1)
            .build();

    @Inject
    public Visibility(RoomStore store, LocalHub hub) {
        this.store = store;
        this.hub = hub;
    }

    /**
     * Those of the others whom {@code me} may see; a room they share since a moment ago counts. Blocks.
     *
     * @throws ChatException {@code unavailable} when the store does not answer
     */
    Set<UserId> visible(UserId me, Collection<UserId> others) {
        Set<RoomId> mine = read(me);
        List<UserId> all = List.copyOf(others);
        List<Boolean> seen = Concurrently.map(all, other -> me.equals(other) || shares(mine, other));
        return IntStream.range(0, all.size())
                .filter(seen::get)
                .mapToObj(all::get)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean shares(Set<RoomId> mine, UserId other) {
        Set<RoomId> known = rooms.getIfPresent(other);
        return known != null && !Collections.disjoint(mine, known) || !Collections.disjoint(mine, read(other));
    }

    /**
     * Whether a user who is connected here still shares a room with the other. A room that this pod has not heard of yet
     * counts, too. Blocks when it has to ask the store.
     *
     * @throws ChatException {@code unavailable} when the store does not answer
     */
    boolean stillVisible(UserId connectedHere, UserId other) {
        return connectedHere.equals(other) || heardVisible(connectedHere, other) || shares(read(connectedHere), other);
    }

    /** The same, as far as this pod has heard: without the question that would find a room which it has not heard of. */
    boolean heardVisible(UserId connectedHere, UserId other) {
        return hub.inAny(connectedHere, rooms.get(other, this::memberships));
    }

    private Set<RoomId> read(UserId user) {
        Set<RoomId> present = memberships(user);
        rooms.put(user, present);
        return present;
    }

    private Set<RoomId> memberships(UserId user) {
        return store.memberships(user).stream().map(Membership::room).collect(Collectors.toUnmodifiableSet());
    }
}
