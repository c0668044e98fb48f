package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.session.ChatFixture.base;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.services.RealMedia;
import io.chatcluster.chat.services.TestFiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How files come with messages. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
@WithTestResource(RealMedia.class)
class AttachmentTest {
    private static final byte[] PNG = TestFiles.picture("png", 640, 480);

    @Inject
    DynamoDbClient dynamoDb;

    @Inject
    ChatConfig config;

    @RegisterExtension
    final MediaFixture media = new MediaFixture();

    @Test
    void shouldCarryAPictureWithItsSizeAndPreviewInTheMessage() {
        // Given
        String attachment = media.alice.uploaded(media.room(), "Grüße \"1\".png", "image/png", PNG);

        // When
        media.alice.send(media.room(), "c1", attachment).then().statusCode(200);

        // Then
        JsonPath event = media.bob.lastEvent(media.room());
        assertThat(event.getString("clientMessageId")).isEqualTo("c1");
        assertThat(event.getList("attachments")).hasSize(1);
        assertThat(event.getString("attachments[0].id")).isEqualTo(attachment);
        assertThat(event.getString("attachments[0].name")).isEqualTo("Grüße \"1\".png");
        assertThat(event.getString("attachments[0].contentType")).isEqualTo("image/png");
        assertThat(event.getLong("attachments[0].bytes")).isEqualTo(PNG.length);
        assertThat(event.getInt("attachments[0].width")).isEqualTo(640);
        assertThat(event.getInt("attachments[0].height")).isEqualTo(480);
        assertThat(event.getString("attachments[0].preview")).startsWith("data:image/jpeg;base64,");
    }

    @Test
    void shouldReadOnWhereTheBeginningOfAPictureIsNotEnough() {
        // Given
        byte[] picture = TestFiles.noise(400);
        assertThat(picture.length).isGreaterThan(400_000);
        String attachment = media.alice.uploaded(media.room(), "a.png", "image/png", picture);

        // When
        media.alice.send(media.room(), "c1", attachment).then().statusCode(200);

        // Then
        JsonPath event = media.bob.lastEvent(media.room());
        assertThat(event.getInt("attachments[0].width")).isEqualTo(400);
        assertThat(event.getString("attachments[0].preview")).startsWith("data:image/jpeg;base64,");
    }

    @Test
    void shouldSendAttachmentsOverTheWebSocketToo() {
        // Given
        String attachment = media.alice.uploaded(media.room(), "a.pdf", "application/pdf", TestFiles.PDF);
        try (ChatClient sender = ChatClient.connected(base(), media.alice.token());
                ChatClient receiver = ChatClient.connected(base(), media.bob.token())) {

            // When
            var body = ChatClient.object().put("room", media.room()).put("clientMessageId", "c1");
            body.putArray("attachments").add(attachment);
            JsonNode reply = sender.request("send", body);

            // Then
            assertThat(reply.at("/send/seq").asInt()).isEqualTo(1);
            JsonNode event = receiver.awaitEvents(media.room(), 1).getFirst();
            assertThat(event.at("/attachments/0/id").asText()).isEqualTo(attachment);
            assertThat(event.at("/attachments/0").has("width")).isFalse();
        }
    }

    @Test
    void shouldKeepTheObjectsAddressBesideTheMessages() {
        // Given
        String attachment = media.alice.uploaded(media.room(), "a.pdf", "application/pdf", TestFiles.PDF);
        assertThat(media.keysOfRoom()).containsExactly("pending/" + media.room() + "/" + attachment);
        assertThat(item(attachment)).containsKey("expiresAt");

        // When
        media.alice.send(media.room(), "c1", attachment).then().statusCode(200);

        // Then
        assertThat(media.keysOfRoom()).containsExactly("sent/" + media.room() + "/" + attachment);
        assertThat(item(attachment))
                .doesNotContainKey("expiresAt")
                .containsEntry("object", AttributeValue.fromS("s3://media/sent/" + media.room() + "/" + attachment));
    }

    @Test
    void shouldLetABackEndAttachAFileInAUsersName() {
        // Given
        MediaClient backEnd = new MediaClient("backend");
        JsonPath announced = backEnd.announceFor(
                        media.alice.user(), media.room(), "a.pdf", "application/pdf", TestFiles.PDF.length)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        MediaClient.put(announced, "application/pdf", TestFiles.PDF);
        String attachment = announced.getString("attachment");

        // When
        backEnd.sendFor(media.alice.user(), media.room(), "c1", attachment)
                .then()
                .statusCode(200);

        // Then
        JsonPath event = media.bob.lastEvent(media.room());
        assertThat(event.getString("from")).isEqualTo(media.alice.user());
        assertThat(event.getString("attachments[0].id")).isEqualTo(attachment);
    }

    @Test
    void shouldLetNobodyElseAnnounceAFileInAUsersName() {
        media.bob
                .api()
                .body(Map.of("from", media.alice.user(), "name", "a", "contentType", "image/png", "bytes", 100))
                .post("/api/v1/rooms/" + media.room() + "/attachments")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void shouldLetTheFilesOfARefusedMessageExpire() {
        // Given
        String good = media.alice.uploaded(media.room(), "a.pdf", "application/pdf", TestFiles.PDF);
        String bad = media.alice.uploaded(media.room(), "a.png", "image/png", TestFiles.PDF);

        // When
        media.alice.send(media.room(), "c1", good, bad).then().statusCode(400);

        // Then
        assertThat(media.keysOfRoom()).allMatch(key -> key.startsWith("pending/"));
        assertThat(item(good)).containsKey("expiresAt");
        media.bob.download(good).then().statusCode(404);
    }

    @Test
    void shouldVerifyOnceAndAnswerAResendWithTheFirstSequence() {
        // Given
        String attachment = media.alice.uploaded(media.room(), "a.pdf", "application/pdf", TestFiles.PDF);
        media.alice.send(media.room(), "c1", attachment).then().statusCode(200).body("duplicate", equalTo(false));

        // When
        Response resent;
        RealMedia.SERVER.kill();
        try {
            resent = media.alice.send(media.room(), "c1", attachment);
        } finally {
            RealMedia.SERVER.start();
        }

        // Then
        resent.then().statusCode(200).body("duplicate", equalTo(true), "seq", equalTo(1));
    }

    @Test
    void shouldRemoveTheFileOfAResendThatTheMessageDoesNotHave() {
        // Given
        String first = media.sentFile();
        String second = media.alice.uploaded(media.room(), "a.pdf", "application/pdf", TestFiles.PDF);

        // When
        Response resent = media.alice.send(media.room(), "c1", first, second);

        // Then
        resent.then().statusCode(200).body("duplicate", equalTo(true), "seq", equalTo(1));
        media.bob.download(first).then().statusCode(302);
        media.bob.download(second).then().statusCode(404);
        await().untilAsserted(
                        () -> assertThat(media.keysOfRoom()).containsExactly("sent/" + media.room() + "/" + first));
    }

    @Test
    void shouldVerifyForTwoMessagesAtOnce() {
        // Given
        String attachment = media.alice.uploaded(media.room(), "a.png", "image/png", PNG);

        // When
        List<CompletableFuture<Response>> sends = Stream.of("c1", "c2", "c3", "c4")
                .map(id -> CompletableFuture.supplyAsync(
                        () -> media.alice.send(media.room(), id, attachment), Thread::startVirtualThread))
                .toList();

        // Then
        sends.forEach(send -> send.join().then().statusCode(200));
        assertThat(media.alice.events(media.room())).hasSize(4);
    }

    @Test
    void shouldNotHoldUpTextBehindAnAttachmentThatIsBeingChecked() {
        // Given
        String attachment = media.alice.uploaded(media.room(), "a.pdf", "application/pdf", TestFiles.PDF);
        try (ChatClient client = ChatClient.connected(base(), media.alice.token())) {
            JsonNode text;
            JsonNode checked;

            // When
            RealMedia.SERVER.freeze();
            try {
                var body = ChatClient.object().put("room", media.room()).put("clientMessageId", "c1");
                body.putArray("attachments").add(attachment);
                int first = client.start("send", body);
                int second = client.startSend(media.room(), "c2", "hi");
                text = client.reply(second);
                checked = client.reply(first);
            } finally {
                RealMedia.SERVER.thaw();
            }

            // Then
            assertThat(text.at("/send/seq").asInt()).isEqualTo(1);
            assertThat(checked.at("/error/code").asText()).isEqualTo("unavailable");
            assertThat(client.received().indexOf(text))
                    .isLessThan(client.received().indexOf(checked));
        }
    }

    private Map<String, AttributeValue> item(String attachment) {
        return dynamoDb.getItem(r -> r.tableName(config.dynamodb().tablePrefix() + "messages")
                        .key(Map.of(
                                "room", AttributeValue.fromS("~attachment/" + attachment),
                                "firstSeq", AttributeValue.fromN("0")))
                        .consistentRead(true))
                .item();
    }
}
