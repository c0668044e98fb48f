package io.chatcluster.chat.session;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bounds the live connections each user has on this pod. */
@ApplicationScoped
class ConnectionPlaces {
    private final ConcurrentMap<UserId, Integer> taken = new ConcurrentHashMap<>();
    private final int perUser;

    @Inject
    ConnectionPlaces(ChatConfig config) {
        this.perUser = config.limits().connectionsPerUser();
    }

    /**
     * Takes a place.
     *
     * @return gives the place back; further runs do nothing
     * @throws ChatException {@code rate_limited} when the user has them all
     */
    Runnable take(UserId user) {
        taken.merge(user, 1, (count, one) -> {
            if (count >= perUser) {
                throw new ChatException(
                        ErrorCode.RATE_LIMITED, "this user has the most connections allowed, " + perUser);
            }
            return count + one;
        });
        AtomicBoolean given = new AtomicBoolean();
        return () -> {
            if (given.compareAndSet(false, true)) {
                taken.computeIfPresent(user, (u, count) -> count == 1 ? null : count - 1);
            }
        };
    }
}
