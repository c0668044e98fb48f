package io.chatcluster.chat.message;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.room.RoomId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How long events are kept: for good, unless the cluster says otherwise; those of system rooms for an hour. */
record Retention(@Nullable Duration rooms) {

    /** System rooms' events are for watching, not for reading. */
    private static final Duration SYSTEM_ROOMS = Duration.ofHours(1);

    static Retention of(ChatConfig config) {
        return new Retention(
                config.dynamodb().historyRetentionDays().map(Duration::ofDays).orElse(null));
    }

    /** Empty when the room's events are kept for good. */
    Optional<Duration> kept(RoomId room) {
        return room.reserved() ? Optional.of(SYSTEM_ROOMS) : Optional.ofNullable(rooms);
    }

    /**
     * When what happens at the time is to be forgotten, epoch seconds; empty when never.
     *
     * @param time epoch milliseconds
     */
    OptionalLong expiresAt(RoomId room, long time) {
        return kept(room)
                .map(kept -> OptionalLong.of((time + kept.toMillis()) / 1_000))
                .orElse(OptionalLong.empty());
    }

    /**
     * Whether the batch is to be seen. Batches vanish in no certain order after their time, and {@code rooms} may be
     * another than when they were put: to see a batch only before either has passed keeps the log without holes.
     *
     * @param expiresAt epoch seconds, as it was put; null for never
     * @param now epoch milliseconds
     */
    boolean visible(Batch batch, @Nullable Long expiresAt, long now) {
        boolean put = expiresAt == null || expiresAt * 1_000 > now;
        return put
                && kept(batch.room())
                        .map(kept -> batch.time() + kept.toMillis() > now)
                        .orElse(true);
    }
}
