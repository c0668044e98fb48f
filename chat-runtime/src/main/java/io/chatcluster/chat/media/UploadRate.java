package io.chatcluster.chat.media;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How many uploads a user may announce on this pod, counted in minutes that begin with the first. */
@ApplicationScoped
public class UploadRate {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(15);
    private static final int USERS_MAX = 100_000;

    private final Cache<UserId, AtomicInteger> announced = Caffeine.newBuilder()
            .maximumSize(USERS_MAX)
            .expireAfterWrite(WINDOW)
            .build();
    private final int perMinute;

    @Inject
    public UploadRate(ChatConfig config) {
        this.perMinute = config.media().uploadsPerMinute();
    }

    /** @throws ChatException {@code rate_limited} */
    void take(UserId user) {
        if (announced.get(user, first -> new AtomicInteger()).incrementAndGet() > perMinute) {
            throw new ChatException(
                    ErrorCode.RATE_LIMITED, "at most " + perMinute + " attachments in a minute", RETRY_AFTER);
        }
    }
}
