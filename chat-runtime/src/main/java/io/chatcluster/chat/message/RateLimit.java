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

    /** Whether one passes now. */
    public boolean tryTake() {
        return tryTake(1);
    }

    private synchronized boolean tryTake(double cost) {
        long now = nanoTime.getAsLong();
        tokens = Math.min(burst, tokens + (now - countedAt) * perNano);
        countedAt = now;
        if (tokens < cost) {
            return false;
        }
        tokens -= cost;
        return true;
    }

    /** @throws ChatException {@code rate_limited}, with the time after which the next one passes */
    public void take() {
        take(1);
    }

    /**
     * Takes as many at once, or all there can be.
     *
     * @throws ChatException {@code rate_limited}, with the time after which they pass
     */
    public synchronized void take(int count) {
        double cost = Math.min(count, burst);
        if (!tryTake(cost)) {
            long waitMillis = (long) Math.ceil((cost - tokens) / perNano / 1e6);
            throw new ChatException(ErrorCode.RATE_LIMITED, "too many commands", Duration.ofMillis(waitMillis));
        }
    }
}
