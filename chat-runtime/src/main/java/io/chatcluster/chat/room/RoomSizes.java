package io.chatcluster.chat.room;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** How many members rooms have, about: what is told to everybody in a small room is too much for a large one. */
@ApplicationScoped
public class RoomSizes {

    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(1);
    private static final int ENTRIES_MAX = 100_000;

    private final Cache<RoomId, Integer> sizes = Caffeine.newBuilder()
            .maximumSize(ENTRIES_MAX)
            .expireAfterWrite(TIME_TO_LIVE)
            .build();
    private final RoomStore store;

    @Inject
    public RoomSizes(RoomStore store) {
        this.store = store;
    }

    /** Whether the room had at most as many members a minute ago. Blocks when it has to ask the store. */
    public boolean atMost(RoomId room, int members) {
        return sizes.get(room, this::size) <= members;
    }

    private int size(RoomId room) {
        return store.room(room).map(Room::members).orElse(0);
    }
}
