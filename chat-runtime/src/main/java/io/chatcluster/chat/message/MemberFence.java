package io.chatcluster.chat.message;

import io.chatcluster.chat.room.Grant;
import io.chatcluster.chat.room.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which grants are older than what the room's log says of their users. In the log a member's events end where their
 * membership does: a grant from before such an event, which may come from another pod, must be renewed after it. Not
 * thread-safe.
 */
final class MemberFence {

    private static final int USERS_MAX = 1_000;

    private final Map<UserId, Long> heard = new HashMap<>();
    private long heardOfAll;

    /** @param known for how long back the room's events will be heard */
    MemberFence(Duration known) {
        heardOfAll = System.nanoTime() - known.toNanos();
    }

    /** Takes account of an event that is committed, or about to be in this order. */
    void hear(String body) {
        var change = EventBody.change(body);
        if (change.isPresent()) {
            switch (change.get()) {
                case RoomChange.Left(UserId user) -> hearOf(user);
                case RoomChange.RoleChanged(UserId user) -> hearOf(user);
                case RoomChange.Deleted() -> hearOfAll();
                case RoomChange.Joined joined -> {}
                case RoomChange.Renamed renamed -> {}
            }
        }
    }

    private void hearOf(UserId user) {
        if (heard.size() == USERS_MAX) {
            hearOfAll();
        }
        heard.put(user, System.nanoTime());
    }

    private void hearOfAll() {
        heard.clear();
        heardOfAll = System.nanoTime();
    }

    /** Whether the user's membership may have changed since the grant. */
    boolean outdates(Grant grant) {
        Long ofUser = heard.get(grant.user());
        return grant.asOf() - heardOfAll <= 0 || ofUser != null && grant.asOf() - ofUser <= 0;
    }
}
