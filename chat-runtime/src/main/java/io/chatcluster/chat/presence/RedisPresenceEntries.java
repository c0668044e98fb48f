package io.chatcluster.chat.presence;

import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all pods say of one user, from all shards that were asked: of each pod, what it said last. */
final class RedisPresenceEntries {

    /** By the pod's field. */
    private final Map<String, RedisPresenceEntry> entries = new HashMap<>();

    /** Adds a shard's answer to HGETALL. */
    void add(Response hash) {
        for (String field : hash.getKeys()) {
            RedisPresenceEntry entry = RedisPresenceEntry.decode(hash.get(field).toString());
            if (entry != null) {
                entries.merge(field, entry, (one, other) -> one.writtenAt() >= other.writtenAt() ? one : other);
            }
        }
    }

    /** @param oldest what was written before, epoch milliseconds, does not count */
    Sighting sighting(long oldest) {
        @Nullable PresenceState best = null;
        long seenAt = 0;
        for (RedisPresenceEntry entry : entries.values()) {
            if (entry.writtenAt() >= oldest) {
                best = best == null || entry.state().compareTo(best) < 0 ? entry.state() : best;
                seenAt = Math.max(seenAt, entry.seenAt());
            }
        }
        return best == null ? Sighting.NONE : new Sighting(best, seenAt);
    }

    List<String> fieldsBefore(long writtenAt) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().writtenAt() < writtenAt)
                .map(Map.Entry::getKey)
                .toList();
    }
}
