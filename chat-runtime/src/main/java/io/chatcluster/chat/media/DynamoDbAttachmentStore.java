package io.chatcluster.chat.media;

import static io.chatcluster.chat.room.DynamoDbCalls.call;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attachments in the messages table, which has the expiry they need: one item each, under a partition key that no room
 * has.
 */
@ApplicationScoped
public class DynamoDbAttachmentStore implements AttachmentStore {

    private static final String KEY_PREFIX = "~attachment/";

    private final DynamoDbClient client;
    private final String table;

    @Inject
    public DynamoDbAttachmentStore(DynamoDbClient client, ChatConfig config) {
        this.client = client;
        this.table = config.dynamodb().tablePrefix() + "messages";
    }

    @Override
    public void announce(Upload upload, Instant expiry) {
        Map<String, AttributeValue> item = item(upload);
        item.put("expiresAt", number(expiry.getEpochSecond()));
        put(item);
    }

    @Override
    public void verified(MediaAttachment.Verified attachment) {
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
        put(item);
    }

    private void put(Map<String, AttributeValue> item) {
        call(() -> client.putItem(r -> r.tableName(table).item(item)));
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
        AttributeValue object = item.get("object");
        if (object != null) {
            return Optional.of(new MediaAttachment.Verified(upload, URI.create(object.s()), picture(item)));
        }
        // DynamoDB drops expired items when it gets to it.
        boolean expired =
                Long.parseLong(required(item, "expiresAt").n()) < Instant.now().getEpochSecond();
        return expired ? Optional.empty() : Optional.of(new MediaAttachment.Pending(upload));
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
