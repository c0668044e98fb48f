package io.chatcluster.chat.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.DynamoDbLocal;
import io.chatcluster.chat.services.Settings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where clients are told to reach the store. */
class S3ClientsTest {

    private final Upload upload =
            new Upload(AttachmentId.random(), RoomId.group(), new UserId("alice"), "a.txt", "text/plain", 5);

    @ParameterizedTest
    @CsvSource({
        "us-east-1, chat-media, ''",
        "us-east-1, chat.media, ''",
        "eu-central-1, chat-media, ''",
        "cn-north-1, chat-media, ''",
        "eu-central-1, chat-media, https://media.example:9443/s3"
    })
    void shouldNameTheAddressThatUploadsAndDownloadsHave(String region, String bucket, String endpoint) {
        // Given
        Map<String, String> settings = new HashMap<>(Map.of("chat.media.bucket", bucket, "chat.media.region", region));
        settings.put(
                "chat.aws.credentials-directory",
                DynamoDbLocal.running().credentialsDirectory().toString());
        if (!endpoint.isEmpty()) {
            settings.put("chat.media.public-endpoint", endpoint);
        }
        ChatConfig config = Settings.with(settings);

        // When
        URI address = S3Clients.address(config).orElseThrow();

        // Then
        try (S3MediaStore store = (S3MediaStore) new S3Clients().store(config)) {
            assertThat(store.uploadUrl(upload).url().resolve("/")).isEqualTo(address);
            assertThat(store.downloadUrl(new MediaAttachment.Verified(upload, URI.create("s3://any/sent/any"), null))
                            .url()
                            .resolve("/"))
                    .isEqualTo(address);
        }
    }

    @Test
    void shouldNameNoneWithoutABucket() {
        assertThat(S3Clients.address(Settings.with(Map.of()))).isEmpty();
    }
}
