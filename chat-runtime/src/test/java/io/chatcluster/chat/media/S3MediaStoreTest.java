package io.chatcluster.chat.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.DynamoDbLocal;
import io.chatcluster.chat.services.S3Server;
import io.chatcluster.chat.services.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where files stay, in versitygw. */
class S3MediaStoreTest {
    private static final S3Server SERVER = new S3Server();

    private final Upload upload =
            new Upload(AttachmentId.random(), RoomId.group(), new UserId("alice"), "a.txt", "text/plain", 5);
    private S3MediaStore store = store(Map.of());

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void shouldKeepFilesApartThatGoWithTheirMessages() {
        // Given
        store = store(Map.of("chat.dynamodb.history-retention-days", "30"));

        // When
        var kept = sent();

        // Then
        assertThat(kept.object()).hasToString("s3://media/sent-for-30-days/" + upload.room() + "/" + upload.id());
        assertThat(text(kept)).isEqualTo("hello");
    }

    @Test
    void shouldLeaveAYoungFileAsItIsWhenItIsSentAgain() {
        // Given
        var kept = sent();

        // When
        var address = store.renew(kept);

        // Then
        assertThat(address).hasToString("s3://media/sent/" + upload.room() + "/" + upload.id());
    }

    @Test
    void shouldKeepWhatIsInAnOldFileThatIsWrittenAnew() {
        // Given
        var kept = sent();

        // When
        var address = store.renew(kept, Instant.MAX);

        // Then
        assertThat(address).isEqualTo(kept.object());
        assertThat(text(kept)).isEqualTo("hello");
    }

    @Test
    void shouldKeepAFileThatIsSentAgainAsLongAsTheNewMessage() {
        // Given
        var before = sent();
        store = store(Map.of("chat.dynamodb.history-retention-days", "7"));

        // When
        var address = store.renew(before);

        // Then
        assertThat(address).hasToString("s3://media/sent-for-7-days/" + upload.room() + "/" + upload.id());
        assertThat(text(new MediaAttachment.Verified(upload, address, null))).isEqualTo("hello");
    }

    @Test
    void shouldDeleteAFileWhereverItIs() {
        // Given
        store = store(Map.of("chat.dynamodb.history-retention-days", "30"));
        sent();

        // When
        store.delete(new RemovedObject(upload.room(), upload.id()));

        // Then
        assertThat(SERVER.keys()).noneMatch(key -> key.endsWith(upload.id().value()) && !key.startsWith("pending/"));
    }

    @Test
    void shouldFindAllFilesOfARoomAFewAtATime() {
        // Given
        store = store(Map.of("chat.dynamodb.history-retention-days", "30"));
        Set<RemovedObject> expected = new HashSet<>();
        for (String place : List.of("pending/", "sent/", "sent-for-30-days/")) {
            for (int i = 0; i < 5; i++) {
                RemovedObject object = new RemovedObject(upload.room(), AttachmentId.random());
                SERVER.put(place + upload.room() + "/" + object.id(), "hello");
                expected.add(object);
            }
        }
        SERVER.put("sent/" + upload.room() + "-other/" + AttachmentId.random(), "hello");
        SERVER.put("sent/" + upload.room() + "/of-somebody-else", "hello");

        // When
        List<RemovedObject> found = new ArrayList<>();
        store.objects(upload.room(), 2, page -> {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            page.forEach(store::delete);
            found.addAll(page);
        });

        // Then
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private MediaAttachment.Verified sent() {
        SignedUrl place = store.uploadUrl(upload);
        HttpRequest.Builder put = HttpRequest.newBuilder(place.url()).PUT(BodyPublishers.ofString("hello"));
        put.header("Content-Type", upload.contentType());
        assertThat(answer(put.build()).statusCode()).isEqualTo(200);
        UploadedObject object = store.uploaded(upload).orElseThrow();
        return new MediaAttachment.Verified(upload, store.keep(upload, object), null);
    }

    private String text(MediaAttachment.Verified kept) {
        return download(kept).body();
    }

    private HttpResponse<String> download(MediaAttachment.Verified kept) {
        return answer(HttpRequest.newBuilder(store.downloadUrl(kept).url()).build());
    }

    private static HttpResponse<String> answer(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static S3MediaStore store(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("chat.media.bucket", S3Server.BUCKET);
        all.put("chat.media.region", S3Server.REGION);
        all.put("chat.media.endpoint", SERVER.endpoint().toString());
        all.put(
                "chat.aws.credentials-directory",
                DynamoDbLocal.running().credentialsDirectory().toString());
        return (S3MediaStore) new S3Clients().store(Settings.with(all));
    }
}
