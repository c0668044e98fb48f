package io.chatcluster.chat.session;

import io.chatcluster.chat.room.RoomId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets one typing of a connection pass per room and {@link #PERIOD}; the rest is the same news. For use by one thread. */
final class TypingThrottle {
    static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int ROOMS_MAX = 64;

    private final LongSupplier nanoTime;
    /** The latest last; null until somebody types, for most connections only listen. */
    private @Nullable LinkedHashMap<RoomId, Long> passed;

    TypingThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean pass(RoomId room) {
        long now = nanoTime.getAsLong();
        LinkedHashMap<RoomId, Long> known = passed == null ? passed = new LinkedHashMap<>() : passed;
        Long last = known.get(room);
        if (last != null && now - last < PERIOD.toNanos()) {
            return false;
        }
        known.putLast(room, now);
        if (known.size() > ROOMS_MAX) {
            known.pollFirstEntry();
        }
        return true;
    }
}
