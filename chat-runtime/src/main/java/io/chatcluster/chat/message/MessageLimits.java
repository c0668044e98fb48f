package io.chatcluster.chat.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** What one user, over all connections and HTTP, and one room, from all users, may do through this pod. */
@ApplicationScoped
public class MessageLimits {

    private static final int ENTRIES_MAX = 100_000;
    /** Seconds' worth of the rate that may come at once. */
    private static final int BURST_SECONDS = 5;
    /** By then a forgotten bucket would be full again. */
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(2 * BURST_SECONDS);

    private final Cache<UserId, RateLimit> users = cache();
    private final Cache<UserId, RateLimit> questions = cache();
    private final Cache<RoomId, RateLimit> rooms = cache();
    private final int perUser;
    private final int perRoom;

    @Inject
    public MessageLimits(ChatConfig config) {
        this.perUser = config.limits().messagesPerSecond();
        this.perRoom = config.limits().roomMessagesPerSecond();
    }

    /** @throws ChatException {@code rate_limited} when the user or the room has had too much */
    void take(UserId user, RoomId room) {
        users.get(user, u -> limit(perUser)).take();
        take(room);
    }

    /** For an application's back end, which the room's limit alone holds back. */
    void take(RoomId room) {
        rooms.get(room, r -> limit(perRoom)).take();
    }

    /**
     * For what a user asks over HTTP and does not write, at the rate of messages but apart from them.
     *
     * @throws ChatException {@code rate_limited} when the user has had too much
     */
    public void takeQuestion(UserId user, int cost) {
        questions.get(user, u -> limit(perUser)).take(cost);
    }

    private static RateLimit limit(int perSecond) {
        return new RateLimit(perSecond, perSecond * BURST_SECONDS, System::nanoTime);
    }

    private static <K> Cache<K, RateLimit> cache() {
        return Caffeine.newBuilder()
                .maximumSize(ENTRIES_MAX)
                .expireAfterAccess(TIME_TO_LIVE)
                // Every few messages it keeps itself in order: to wake another thread would cost more than that does.
                .executor(Runnable::run)
                .build();
    }
}
