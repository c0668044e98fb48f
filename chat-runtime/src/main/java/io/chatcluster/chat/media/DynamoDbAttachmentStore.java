package io.chatcluster.chat.media;

import static io.chatcluster.chat.room.DynamoDbCalls.call;
import static io.chatcluster.chat.room.DynamoDbCalls.conditionally;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.room.DynamoDbTransactions;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Attachments in the messages table, which has the expiry they need: one item each, under a partition key that no room
 * has. The objects that are to be deleted have a partition of their own, and the rooms that are.
 */
@ApplicationScoped
public class DynamoDbAttachmentStore implements AttachmentStore {

    private static final String KEY_PREFIX = "~attachment/";
    private static final String REMOVED = "~removed-attachments";
    private static final String REMOVED_ROOMS = "~removed-rooms";
    /** After a time in milliseconds: no two notes share a place. */
    private static final String RANDOM_DIGITS = "%019d";

    /** A message is a little younger than its attachments: the file is there at least as long. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final DynamoDbClient client;
    private final String table;
    private final Optional<Duration> kept;

    @Inject
    public DynamoDbAttachmentStore(DynamoDbClient client, ChatConfig config) {
        this.client = client;
        this.table = config.dynamodb().tablePrefix() + "messages";
        this.kept = config.dynamodb().historyRetentionDays().map(Duration::ofDays);
    }

    @Override
    public void announce(Upload upload, Instant expiry) {
        Map<String, AttributeValue> item = item(upload);
        item.put("expiresAt", number(expiry.getEpochSecond()));
        call(() -> client.putItem(r -> r.tableName(table).item(item)));
    }

    @Override
    public boolean verified(MediaAttachment.Verified attachment) {
        Map<String, AttributeValue> item = item(attachment.upload());
        item.put("object", text(attachment.object().toString()));
        Picture picture = attachment.picture();
        if (picture != null) {
            item.put("width", number(picture.width()));
            item.put("height", number(picture.height()));
            if (picture.preview() != null) {
                item.put("preview", text(picture.preview()));
            }
        }
        // What a user shows of themselves is no message.
        kept.filter(messages -> !attachment.upload().room().reserved())
                .map(Instant.now().plus(MARGIN)::plus)
                .ifPresent(expiry -> item.put("expiresAt", number(expiry.getEpochSecond())));
        return conditionally(
                () -> client.putItem(r -> r.tableName(table).item(item).conditionExpression("attribute_exists(room)")));
    }

    @Override
    public Optional<MediaAttachment> find(AttachmentId id) {
        var response =
                call(() -> client.getItem(r -> r.tableName(table).key(key(id)).consistentRead(true)));
        return response.hasItem() ? attachment(id, response.item()) : Optional.empty();
    }

    private static Optional<MediaAttachment> attachment(AttachmentId id, Map<String, AttributeValue> item) {
        Upload upload = new Upload(
                id,
                new RoomId(required(item, "sentTo").s()),
                new UserId(required(item, "owner").s()),
                required(item, "name").s(),
                required(item, "contentType").s(),
                Long.parseLong(required(item, "bytes").n()));
        AttributeValue expiry = item.get("expiresAt");
        // DynamoDB drops expired items when it gets to it.
        if (expiry != null && Long.parseLong(expiry.n()) < Instant.now().getEpochSecond()) {
            return Optional.empty();
        }
        AttributeValue object = item.get("object");
        return Optional.of(
                object == null
                        ? new MediaAttachment.Pending(upload)
                        : new MediaAttachment.Verified(upload, URI.create(object.s()), picture(item)));
    }

    @Override
    public void remove(RemovedObject object) {
        // Both or neither; without its item the attachment was removed before, and may be deleted by now.
        TransactWriteItem forget = TransactWriteItem.builder()
                .delete(r -> r.tableName(table).key(key(object.id())).conditionExpression("attribute_exists(room)"))
                .build();
        TransactWriteItem note = TransactWriteItem.builder()
                .put(r -> r.tableName(table).item(removedItem(object)))
                .build();
        var unused = DynamoDbTransactions.write(client, List.of(forget, note));
    }

    @Override
    public List<RemovedObject> removed(int limit) {
        return call(() -> client.query(r -> r.tableName(table)
                        .keyConditionExpression("room = :removed")
                        .expressionAttributeValues(Map.of(":removed", text(REMOVED)))
                        .consistentRead(true)
                        .limit(limit)))
                .items()
                .stream()
                .map(item -> new RemovedObject(
                        new RoomId(required(item, "sentTo").s()),
                        new AttachmentId(required(item, "attachment").s())))
                .toList();
    }

    @Override
    public void deleted(RemovedObject object) {
        call(() -> client.deleteItem(r -> r.tableName(table).key(removedKey(object))));
    }

    @Override
    public RemovedRoom removeAll(RoomId room, Instant due) {
        long random = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        RemovedRoom removed = new RemovedRoom(room, due.toEpochMilli() + RANDOM_DIGITS.formatted(random));
        Map<String, AttributeValue> item = new HashMap<>(removedKey(removed));
        item.put("sentTo", text(room.value()));
        call(() -> client.putItem(r -> r.tableName(table).item(item)));
        return removed;
    }

    @Override
    public List<RemovedRoom> removedRooms(Instant asOf, int limit) {
        String end = asOf.toEpochMilli() + 1 + RANDOM_DIGITS.formatted(0);
        return call(() -> client.query(r -> r.tableName(table)
                        .keyConditionExpression("room = :removed AND firstSeq < :end")
                        .expressionAttributeValues(
                                Map.of(":removed", text(REMOVED_ROOMS), ":end", AttributeValue.fromN(end)))
                        .consistentRead(true)
                        .limit(limit)))
                .items()
                .stream()
                .map(item -> new RemovedRoom(
                        new RoomId(required(item, "sentTo").s()),
                        required(item, "firstSeq").n()))
                .toList();
    }

    @Override
    public void deleted(RemovedRoom room) {
        call(() -> client.deleteItem(r -> r.tableName(table).key(removedKey(room))));
    }

    private static Map<String, AttributeValue> removedKey(RemovedRoom room) {
        return Map.of("room", text(REMOVED_ROOMS), "firstSeq", AttributeValue.fromN(room.place()));
    }

    private static Map<String, AttributeValue> removedItem(RemovedObject object) {
        Map<String, AttributeValue> item = new HashMap<>(removedKey(object));
        item.put("sentTo", text(object.room().value()));
        item.put("attachment", text(object.id().value()));
        return item;
    }

    private static Map<String, AttributeValue> removedKey(RemovedObject object) {
        return Map.of("room", text(REMOVED), "firstSeq", number(object.id().number()));
    }

    private static @Nullable Picture picture(Map<String, AttributeValue> item) {
        AttributeValue width = item.get("width");
        if (width == null) {
            return null;
        }
        AttributeValue preview = item.get("preview");
        return new Picture(
                Integer.parseInt(width.n()),
                Integer.parseInt(required(item, "height").n()),
                preview == null ? null : preview.s());
    }

    private static Map<String, AttributeValue> item(Upload upload) {
        Map<String, AttributeValue> item = new HashMap<>(key(upload.id()));
        item.put("sentTo", text(upload.room().value()));
        item.put("owner", text(upload.owner().value()));
        item.put("name", text(upload.name()));
        item.put("contentType", text(upload.contentType()));
        item.put("bytes", number(upload.bytes()));
        return item;
    }

    private static Map<String, AttributeValue> key(AttachmentId id) {
        return Map.of("room", text(KEY_PREFIX + id.value()), "firstSeq", number(0));
    }

    private static AttributeValue required(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("an attachment's item in the messages table lacks the attribute " + name);
        }
        return value;
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
