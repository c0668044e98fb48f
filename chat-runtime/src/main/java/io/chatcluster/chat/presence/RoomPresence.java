package io.chatcluster.chat.presence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.Membership;
import io.chatcluster.chat.room.Permission;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomService;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** How many members of a room are there: for rooms too large to watch each of them. */
@ApplicationScoped
public class RoomPresence {

    static final Duration TIME_TO_LIVE = Duration.ofSeconds(15);
    private static final int COUNTS_MAX = 10_000;
    /** Counts under way on this pod: each reads all members of a room. */
    private static final int AT_ONCE = 4;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** How many members there are, and how many of them are online and away. */
    public record Count(int members, int online, int away) {}

    private final RoomService rooms;
    private final PresenceStore store;
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final Cache<RoomId, Count> counts = Caffeine.newBuilder()
            .expireAfterWrite(TIME_TO_LIVE)
            .maximumSize(COUNTS_MAX)
            .build();

    @Inject
    public RoomPresence(RoomService rooms, PresenceStore store) {
        this.rooms = rooms;
        this.store = store;
    }

    /**
     * The count, up to {@link #TIME_TO_LIVE} old. Blocks.
     *
     * @throws ChatException as {@link RoomService#authorise} for reading, and {@code unavailable} when presence is not known,
     *     which is while Redis is away
     */
    public Count count(UserId me, RoomId room) {
        var unused = rooms.authorise(me, room, Permission.READ);
        return counts.get(room, id -> counted(me, id));
    }

    private Count counted(UserId me, RoomId room) {
        permits.acquireUninterruptibly();
        try {
            Count count = new Count(0, 0, 0);
            List<Membership> page = rooms.members(me, room, null, RoomService.MEMBERS_PAGE_MAX);
            while (!page.isEmpty()) {
                count = add(count, page);
                page = page.size() < RoomService.MEMBERS_PAGE_MAX
                        ? List.of()
                        : rooms.members(me, room, page.getLast().user(), RoomService.MEMBERS_PAGE_MAX);
            }
            return count;
        } finally {
            permits.release();
        }
    }

    private Count add(Count count, List<Membership> page) {
        Map<UserId, Sighting> sightings =
                store.read(page.stream().map(Membership::user).toList());
        if (sightings.size() < page.size()) {
            throw new ChatException(ErrorCode.UNAVAILABLE, "presence is not known for now", RETRY_AFTER);
        }
        return new Count(
                count.members() + page.size(),
                count.online() + count(sightings, PresenceState.ONLINE),
                count.away() + count(sightings, PresenceState.AWAY));
    }

    private static int count(Map<UserId, Sighting> sightings, PresenceState state) {
        return (int) sightings.values().stream()
                .filter(sighting -> sighting.state() == state)
                .count();
    }
}
