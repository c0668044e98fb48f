package io.chatcluster.operator.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What AWS need not be asked again for a while, since it limits how often that may be done. Forgets by itself. */
final class Recent<K, V> {
    private final InstantSource clock;
    private final Map<K, Entry<V>> entries = new HashMap<>();

    private record Entry<V>(V value, Instant until) {
        boolean isOver(Instant now) {
            return !now.isBefore(until);
        }
    }

    Recent(InstantSource clock) {
        this.clock = clock;
    }

    synchronized @Nullable V get(K key) {
        var entry = entries.get(key);
        return entry == null || entry.isOver(clock.instant()) ? null : entry.value();
    }

    synchronized void put(K key, V value, Duration lifetime) {
        var now = clock.instant();
        entries.values().removeIf(entry -> entry.isOver(now));
        entries.put(key, new Entry<>(value, now.plus(lifetime)));
    }

    synchronized void forget(K key) {
        entries.remove(key);
    }
}
