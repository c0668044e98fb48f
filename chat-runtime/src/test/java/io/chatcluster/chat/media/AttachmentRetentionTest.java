package io.chatcluster.chat.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.operations.DynamoDbClients;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.DynamoDbLocal;
import io.chatcluster.chat.services.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How long attachments are remembered. */
class AttachmentRetentionTest {

    private final Map<String, String> settings = new HashMap<>();
    private final String prefix = "attachments-" + UUID.randomUUID() + "-";
    private final Upload upload =
            new Upload(AttachmentId.random(), RoomId.group(), new UserId("alice"), "a.pdf", "application/pdf", 100);
    private final MediaAttachment.Verified verified =
            new MediaAttachment.Verified(upload, URI.create("s3://media/a"), null);
    private final DynamoDbClient client;

    AttachmentRetentionTest() {
        DynamoDbLocal local = DynamoDbLocal.running();
        local.createTables(prefix);
        settings.put("chat.dynamodb.endpoint", local.endpoint().toString());
        settings.put("chat.dynamodb.table-prefix", prefix);
        settings.put(
                "chat.aws.credentials-directory", local.credentialsDirectory().toString());
        client = DynamoDbClients.builder(Settings.with(settings)).build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shouldForgetAttachmentsAfterTheMessagesThatCarryThem() {
        // Given
        settings.put("chat.dynamodb.history-retention-days", "30");
        DynamoDbAttachmentStore store = store();
        store.announce(upload, Instant.now().plusSeconds(60));

        // When
        store.verified(verified);

        // Then
        AttributeValue expiry = Objects.requireNonNull(item().get("expiresAt"));
        long expiresAt = Long.parseLong(expiry.n());
        assertThat(Instant.ofEpochSecond(expiresAt))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(30)), Instant.now().plus(Duration.ofDays(32)));
        assertThat(store.find(upload.id())).contains(verified);
    }

    @Test
    void shouldKeepAttachmentsForGoodWhereMessagesAreKept() {
        // Given
        DynamoDbAttachmentStore store = store();
        store.announce(upload, Instant.now().plusSeconds(60));

        // When
        store.verified(verified);

        // Then
        assertThat(item()).doesNotContainKey("expiresAt");
    }

    @Test
    void shouldKeepThePicturesThatUsersShowOfThemselves() {
        // Given
        settings.put("chat.dynamodb.history-retention-days", "30");
        DynamoDbAttachmentStore store = store();
        Upload picture = new Upload(upload.id(), Avatars.PLACE, upload.owner(), "a.png", "image/png", 100);
        store.announce(picture, Instant.now().plusSeconds(60));

        // When
        store.verified(new MediaAttachment.Verified(picture, URI.create("s3://media/a"), null));

        // Then
        assertThat(item()).doesNotContainKey("expiresAt");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotFindWhatHasExpiredBeforeDynamoDbRemovesIt(boolean sent) {
        // Given
        DynamoDbAttachmentStore store = store();
        store.announce(upload, Instant.now().plusSeconds(60));
        if (sent) {
            store.verified(verified);
        }

        // When
        client.updateItem(r -> r.tableName(prefix + "messages")
                .key(key())
                .updateExpression("SET expiresAt = :then")
                .expressionAttributeValues(Map.of(":then", AttributeValue.fromN("1000"))));

        // Then
        assertThat(store.find(upload.id())).isEmpty();
    }

    @Test
    void shouldNotRememberAgainWhatWasRemoved() {
        // Given
        DynamoDbAttachmentStore store = store();
        store.announce(upload, Instant.now().plusSeconds(60));
        RemovedObject removed = new RemovedObject(upload.room(), upload.id());
        store.remove(removed);

        // When
        boolean noted = store.verified(verified);

        // Then
        assertThat(noted).isFalse();
        assertThat(store.find(upload.id())).isEmpty();
        assertThat(store.removed(10)).containsExactly(removed);

        // When
        store.deleted(removed);
        store.remove(removed);

        // Then
        assertThat(store.removed(10)).isEmpty();
    }

    private DynamoDbAttachmentStore store() {
        ChatConfig config = Settings.with(settings);
        return new DynamoDbAttachmentStore(client, config);
    }

    private Map<String, AttributeValue> item() {
        return client.getItem(r -> r.tableName(prefix + "messages").key(key())).item();
    }

    private Map<String, AttributeValue> key() {
        return Map.of(
                "room", AttributeValue.fromS("~attachment/" + upload.id()), "firstSeq", AttributeValue.fromN("0"));
    }
}
