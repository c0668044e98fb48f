package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drops the members of a room that nobody can join any more. */
final class MemberSweep {

    private static final int SWEEPS_MAX = 3;
    /** For so long somebody may be missing among the members that the store lists. */
    private static final Duration LAG = Duration.ofSeconds(1);

    private final RoomStore store;
    private final MembershipListener listener;

    MemberSweep(RoomStore store, MembershipListener listener) {
        this.store = store;
        this.listener = listener;
    }

    void drop(RoomId room, UserId user) {
        store.dropMember(user, room);
        listener.changed(room, user);
    }

    /**
     * Drops all but the {@code owner}. Blocks, and longer where not as many are found as the room counts: because somebody has just
     * joined, or because an earlier attempt, which the count knows nothing of, dropped some.
     */
    void dropOthers(RoomId room, UserId owner) {
        Set<UserId> found = new HashSet<>(Set.of(owner));
        dropListed(room, found);
        for (int sweeps = 1; sweeps < SWEEPS_MAX && found.size() < members(room); sweeps++) {
            pause();
            dropListed(room, found);
        }
    }

    private int members(RoomId room) {
        return store.room(room).map(Room::members).orElse(0);
    }

    /** @param found who is known already, to which those that are new are added */
    private void dropListed(RoomId room, Set<UserId> found) {
        UserId after = null;
        do {
            List<Membership> page = store.members(room, after, RoomService.MEMBERS_PAGE_MAX);
            List<UserId> others =
                    page.stream().map(Membership::user).filter(found::add).toList();
            Concurrently.forEach(others, user -> drop(room, user));
            after = next(page);
        } while (after != null);
    }

    private static @Nullable UserId next(List<Membership> page) {
        return page.size() < RoomService.MEMBERS_PAGE_MAX
                ? null
                : page.getLast().user();
    }

    private static void pause() {
        try {
            Thread.sleep(LAG);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException(ErrorCode.UNAVAILABLE, "the pod is going away", LAG, e);
        }
    }
}
