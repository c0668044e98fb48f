package io.chatcluster.chat.message;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A token bucket. Thread-safe. */
public final class RateLimit {
    private final double perNano;
    private final double burst;
    private final LongSupplier nanoTime;
    private double tokens;
    private long countedAt;

    /**
     * @param perSecond the rate that may be kept up
     * @param burst how many may come at once after a pause
     */
    public RateLimit(int perSecond, int burst, LongSupplier nanoTime) {
        this.perNano = perSecond / 1e9;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.tokens = burst;
        this.countedAt = nanoTime.getAsLong();
    }

    /** @throws ChatException {@code rate_limited}, with the time after which the next one passes */
    public synchronized void take() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(burst, tokens + (now - countedAt) * perNano);
        countedAt = now;
        if (tokens < 1) {
            long waitMillis = (long) Math.ceil((1 - tokens) / perNano / 1e6);
            throw new ChatException(ErrorCode.RATE_LIMITED, "too many commands", Duration.ofMillis(waitMillis));
        }
        tokens--;
    }
}
