package io.chatcluster.chat.message;

import static io.chatcluster.chat.message.DynamoDbBatchItems.key;
import static io.chatcluster.chat.message.DynamoDbBatchItems.number;
import static io.chatcluster.chat.message.DynamoDbBatchItems.numberOr;
import static io.chatcluster.chat.message.DynamoDbBatchItems.text;
import static io.chatcluster.chat.room.DynamoDbCalls.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chatcluster.chat.room.RoomId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Where rooms' logs end, also when every batch has expired.
 *
 * <p>A room whose batches expire has a marker under sequence 0, which is found by the query for the last batch when there
 * is none. It is never written in step with the batches: it <em>reserves</em> sequences, {@link #RESERVED} at a time, and no
 * batch is put beyond what is reserved. So it costs one write for that many events, and at every moment, a crash at any
 * moment included, no sequence above {@code reserved} was ever given.
 *
 * <p>When nothing but the marker is left, the room goes on after {@code reserved}: to a reader the sequences between are
 * expired ones. Writers must agree on that place, or two would append at different ones and both win: the first moves the
 * marker's {@code resumeAt} there by compare-and-set, and whoever comes within half the retention finds it. A batch appended
 * after it lives longer than that, so one without a batch that is older was never used, or has seen all its
 * batches expire.
 *
 * <p>A last batch that is about to expire could vanish after one writer has read it and before another does: its life is
 * prolonged before anything is appended to it.
 */
final class DynamoDbTails {

    static final long RESERVED = 10_000;

    /** What is claimed stays for at least this long. */
    private static final Duration CLAIM = Duration.ofMinutes(30);

    private static final int ROOMS_REMEMBERED = 100_000;

    private final DynamoDbClient client;
    private final String table;
    private final Retention retention;
    /**
     * Up to where rooms are known to be reserved; never more than the truth. Every few messages it keeps itself in order: to wake
     * another thread would cost more than that does.
     */
    private final Cache<RoomId, Long> reserved = Caffeine.newBuilder()
            .maximumSize(ROOMS_REMEMBERED)
            .executor(Runnable::run)
            .build();

    DynamoDbTails(DynamoDbClient client, String table, Retention retention) {
        this.client = client;
        this.table = table;
        this.retention = retention;
    }

    /** What the room's partition ends with. */
    private sealed interface End {

        record Nothing() implements End {}

        record Marker(long resumeAt, long claimedAt, long reserved) implements End {}

        /** @param expiresAt epoch seconds; null for never */
        record Last(Batch batch, @Nullable Long expiresAt) implements End {}
    }

    Tail tail(RoomId room) {
        return switch (end(room)) {
            case End.Nothing() -> new Tail(0, null);
            case End.Marker marker -> new Tail(holds(room, marker) ? marker.resumeAt : marker.reserved, null);
            case End.Last(Batch batch, Long expiresAt) ->
                new Tail(batch.lastSeq(), visible(batch, expiresAt) ? batch : null);
        };
    }

    Tail claim(RoomId room) {
        Optional<Duration> kept = retention.kept(room);
        while (kept.isPresent()) {
            switch (end(room)) {
                case End.Nothing() -> mark(room);
                case End.Marker marker -> {
                    if (holds(room, marker)) {
                        return new Tail(marker.resumeAt, null);
                    }
                    moveOn(room, marker);
                }
                case End.Last(Batch batch, Long expiresAt) -> {
                    if (!soon(expiresAt)) {
                        return new Tail(batch.lastSeq(), visible(batch, expiresAt) ? batch : null);
                    }
                    prolong(batch);
                }
            }
        }
        return tail(room);
    }

    /** Makes sure that the marker reserves the sequence, before it is used. */
    void reserve(RoomId room, long lastSeq) {
        if (!reserved(room, lastSeq)) {
            reserveMore(room, lastSeq);
        }
    }

    /** Whether {@link #reserve} has nothing to do. Never blocks. */
    boolean reserved(RoomId room, long lastSeq) {
        if (retention.kept(room).isEmpty()) {
            return true;
        }
        Long known = reserved.getIfPresent(room);
        return known != null && known >= lastSeq;
    }

    private void reserveMore(RoomId room, long lastSeq) {
        try {
            call(() -> client.updateItem(r -> r.tableName(table)
                    .key(key(room, 0))
                    .updateExpression("SET reserved = :reserved, resumeAt = if_not_exists(resumeAt, :zero),"
                            + " claimedAt = if_not_exists(claimedAt, :zero)")
                    .conditionExpression("attribute_not_exists(reserved) OR reserved < :last")
                    .expressionAttributeValues(Map.of(
                            ":reserved", number(lastSeq + RESERVED), ":zero", number(0), ":last", number(lastSeq)))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            remember(room, lastSeq + RESERVED);
        } catch (ConditionalCheckFailedException enough) {
            remember(room, enough.hasItem() ? number(enough.item(), "reserved") : lastSeq);
        }
    }

    private void remember(RoomId room, long seq) {
        reserved.asMap().merge(room, seq, Math::max);
    }

    private End end(RoomId room) {
        var page = call(() -> client.query(r -> r.tableName(table)
                .keyConditionExpression("room = :room")
                .expressionAttributeValues(Map.of(":room", text(room.value())))
                .scanIndexForward(false)
                .consistentRead(true)
                .limit(1)));
        if (page.items().isEmpty()) {
            return new End.Nothing();
        }
        Map<String, AttributeValue> item = page.items().getFirst();
        if (number(item, "firstSeq") == 0) {
            return new End.Marker(number(item, "resumeAt"), number(item, "claimedAt"), number(item, "reserved"));
        }
        long expiresAt = numberOr(item, "expiresAt", -1);
        return new End.Last(DynamoDbBatchItems.batch(item), expiresAt < 0 ? null : expiresAt);
    }

    /** Whether the marker says where writers go on. */
    private boolean holds(RoomId room, End.Marker marker) {
        return retention
                .kept(room)
                .map(kept -> System.currentTimeMillis() - marker.claimedAt
                        < kept.dividedBy(2).toMillis())
                .orElse(false);
    }

    /** The first sequence is about to be given. */
    private void mark(RoomId room) {
        write(() -> client.putItem(r -> r.tableName(table)
                .item(Map.of(
                        "room", text(room.value()),
                        "firstSeq", number(0),
                        "resumeAt", number(0),
                        "claimedAt", number(System.currentTimeMillis()),
                        "reserved", number(RESERVED)))
                .conditionExpression("attribute_not_exists(room)")));
    }

    private void moveOn(RoomId room, End.Marker marker) {
        write(() -> client.updateItem(r -> r.tableName(table)
                .key(key(room, 0))
                .updateExpression("SET resumeAt = :resumeAt, claimedAt = :now, reserved = :reserved")
                .conditionExpression("reserved = :resumeAt AND claimedAt = :then")
                .expressionAttributeValues(Map.of(
                        ":resumeAt", number(marker.reserved),
                        ":now", number(System.currentTimeMillis()),
                        ":reserved", number(marker.reserved + RESERVED),
                        ":then", number(marker.claimedAt)))));
    }

    private void prolong(Batch batch) {
        long until = retention
                .expiresAt(batch.room(), System.currentTimeMillis())
                .orElseThrow(() -> new IllegalStateException("room " + batch.room() + " does not expire"));
        write(() -> client.updateItem(r -> r.tableName(table)
                .key(key(batch.room(), batch.firstSeq()))
                .updateExpression("SET expiresAt = :until")
                .conditionExpression("attribute_exists(room)")
                .expressionAttributeValues(Map.of(":until", number(until)))));
    }

    /** A failed condition means that somebody was first: the caller looks again. */
    private static void write(Runnable write) {
        try {
            var unused = call(() -> {
                write.run();
                return true;
            });
        } catch (ConditionalCheckFailedException lost) {
            // As said above.
        }
    }

    private static boolean soon(@Nullable Long expiresAt) {
        return expiresAt != null && expiresAt * 1_000 < System.currentTimeMillis() + CLAIM.toMillis();
    }

    private boolean visible(Batch batch, @Nullable Long expiresAt) {
        return retention.visible(batch, expiresAt, System.currentTimeMillis());
    }
}
