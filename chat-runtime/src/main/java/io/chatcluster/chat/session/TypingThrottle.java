package io.chatcluster.chat.session;

import io.chatcluster.chat.room.RoomId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Lets one typing of a connection pass per room and {@link #PERIOD}; the rest is the same news. For use by one thread. */
final class TypingThrottle {
    static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int ROOMS_MAX = 64;

    private final LongSupplier nanoTime;
    private final Map<RoomId, Long> passed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomId, Long> eldest) {
            return size() > ROOMS_MAX;
        }
    };

    TypingThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean pass(RoomId room) {
        long now = nanoTime.getAsLong();
        Long last = passed.get(room);
        if (last != null && now - last < PERIOD.toNanos()) {
            return false;
        }
        passed.remove(room);
        passed.put(room, now);
        return true;
    }
}
