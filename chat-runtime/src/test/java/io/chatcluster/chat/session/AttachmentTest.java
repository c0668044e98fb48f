package io.chatcluster.chat.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.services.RealMedia;
import io.chatcluster.chat.services.TestFiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
@QuarkusTestResource(value = RealMedia.class, restrictToAnnotatedClass = true)
class AttachmentTest {
    private static final byte[] PNG = TestFiles.picture("png", 640, 480);

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final MediaClient alice = new MediaClient("alice-" + run);
    private final MediaClient bob = new MediaClient("bob-" + run);
    private final MediaClient mallory = new MediaClient("mallory-" + run);
    private String room = "";

    @TestHTTPResource("/")
    URI base = URI.create("unset");

    @Inject
    DynamoDbClient dynamoDb;

    @Inject
    ChatConfig config;

    @BeforeEach
    void createRoom() {
        room = alice.group(bob);
    }

    @Test
    void shouldCarryAPictureWithItsSizeAndPreviewInTheMessage() {
        // Given
        String attachment = alice.uploaded(room, "Grüße \"1\".png", "image/png", PNG);

        // When
        alice.send(room, "c1", attachment).then().statusCode(200);

        // Then
        JsonPath event = bob.lastEvent(room);
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
        String attachment = alice.uploaded(room, "a.png", "image/png", picture);

        // When
        alice.send(room, "c1", attachment).then().statusCode(200);

        // Then
        JsonPath event = bob.lastEvent(room);
        assertThat(event.getInt("attachments[0].width")).isEqualTo(400);
        assertThat(event.getString("attachments[0].preview")).startsWith("data:image/jpeg;base64,");
    }

    @Test
    void shouldSendAttachmentsOverTheWebSocketToo() {
        // Given
        String attachment = alice.uploaded(room, "a.pdf", "application/pdf", TestFiles.PDF);
        try (ChatClient sender = ChatClient.connected(base, alice.token());
                ChatClient receiver = ChatClient.connected(base, bob.token())) {

            // When
            var body = ChatClient.object().put("room", room).put("clientMessageId", "c1");
            body.putArray("attachments").add(attachment);
            JsonNode reply = sender.request("send", body);

            // Then
            assertThat(reply.at("/send/seq").asInt()).isEqualTo(1);
            JsonNode event = receiver.awaitEvents(room, 1).getFirst();
            assertThat(event.at("/attachments/0/id").asText()).isEqualTo(attachment);
            assertThat(event.at("/attachments/0").has("width")).isFalse();
        }
    }

    @Test
    void shouldKeepTheObjectsAddressBesideTheMessages() {
        // Given
        String attachment = alice.uploaded(room, "a.pdf", "application/pdf", TestFiles.PDF);
        assertThat(keysOfRoom()).containsExactly("pending/" + room + "/" + attachment);
        assertThat(item(attachment)).containsKey("expiresAt");

        // When
        alice.send(room, "c1", attachment).then().statusCode(200);

        // Then
        assertThat(keysOfRoom()).containsExactly("sent/" + room + "/" + attachment);
        assertThat(item(attachment))
                .doesNotContainKey("expiresAt")
                .containsEntry("object", AttributeValue.fromS("s3://media/sent/" + room + "/" + attachment));
    }

    @Test
    void shouldLetTheStoreRefuseWhatWasNotAnnounced() {
        // Given
        JsonPath announced = alice.announced(room, "a.png", "image/png", PNG.length);

        // When
        HttpResponse<byte[]> tooLong = MediaClient.put(announced, "image/png", new byte[PNG.length + 1]);
        HttpResponse<byte[]> tooShort = MediaClient.put(announced, "image/png", new byte[PNG.length - 1]);
        HttpResponse<byte[]> otherType = MediaClient.put(announced, "text/html", PNG);

        // Then
        assertThat(List.of(tooLong.statusCode(), tooShort.statusCode(), otherType.statusCode()))
                .containsOnly(403);
        assertThat(keysOfRoom()).isEmpty();
        assertThat(announced.getMap("headers"))
                .isEqualTo(Map.of("content-length", Integer.toString(PNG.length), "content-type", "image/png"));
    }

    @Test
    void shouldRefuseAFileThatIsNotOfTheTypeItWasUploadedAs() {
        // Given
        String attachment = alice.uploaded(room, "a.png", "image/png", TestFiles.HTML);

        // When
        Response refused = alice.send(room, "c1", attachment);

        // Then
        refused.then()
                .statusCode(400)
                .body("code", equalTo("invalid"), "detail", containsString(attachment))
                .body("detail", containsString("image/png"));
        alice.download(attachment).then().statusCode(404);
        assertThat(bob.events(room)).isEmpty();
    }

    @Test
    void shouldRefuseWhatWasNeverUploaded() {
        // Given
        String attachment = alice.announced(room, "a.png", "image/png", 100).getString("attachment");

        // When
        // Then
        alice.send(room, "c1", attachment)
                .then()
                .statusCode(400)
                .body("detail", containsString(attachment + " was not uploaded"));
    }

    @Test
    void shouldRefuseUploadsOfOtherUsersAndForOtherRooms() {
        // Given
        String attachment = alice.uploaded(room, "a.pdf", "application/pdf", TestFiles.PDF);
        String otherRoom = alice.group(bob);

        // When
        List<Response> refusals = List.of(
                bob.send(room, "c1", attachment),
                alice.send(otherRoom, "c1", attachment),
                alice.send(room, "c1", "no-such-attachment-123"),
                alice.send(room, "c1", "../../etc/passwd"));

        // Then
        refusals.forEach(refused -> refused.then()
                .statusCode(400)
                .body("code", equalTo("invalid"), "detail", containsString("not an upload of yours for this room")));
    }

    @Test
    void shouldVerifyOnceAndAnswerAResendWithTheFirstSequence() {
        // Given
        String attachment = alice.uploaded(room, "a.pdf", "application/pdf", TestFiles.PDF);
        alice.send(room, "c1", attachment).then().statusCode(200).body("duplicate", equalTo(false));

        // When
        Response resent;
        RealMedia.SERVER.kill();
        try {
            resent = alice.send(room, "c1", attachment);
        } finally {
            RealMedia.SERVER.start();
        }

        // Then
        resent.then().statusCode(200).body("duplicate", equalTo(true), "seq", equalTo(1));
    }

    @Test
    void shouldVerifyForTwoMessagesAtOnce() {
        // Given
        String attachment = alice.uploaded(room, "a.png", "image/png", PNG);

        // When
        List<CompletableFuture<Response>> sends = Stream.of("c1", "c2", "c3", "c4")
                .map(id -> CompletableFuture.supplyAsync(
                        () -> alice.send(room, id, attachment), Thread::startVirtualThread))
                .toList();

        // Then
        sends.forEach(send -> send.join().then().statusCode(200));
        assertThat(alice.events(room)).hasSize(4);
    }

    @Test
    void shouldKeepWhatWasSentOutOfTheUploadersReach() {
        // Given
        byte[] other = TestFiles.PDF.clone();
        other[7] = '5';
        JsonPath announced = alice.announced(room, "a.pdf", "application/pdf", other.length);
        String attachment = announced.getString("attachment");
        assertThat(MediaClient.put(announced, "application/pdf", TestFiles.PDF).statusCode())
                .isEqualTo(200);
        alice.send(room, "c1", attachment).then().statusCode(200);

        // When
        assertThat(MediaClient.put(announced, "application/pdf", other).statusCode())
                .isEqualTo(200);
        alice.send(room, "c2", attachment).then().statusCode(200);

        // Then
        assertThat(MediaClient.get(bob.address(attachment).getString("url")).body())
                .isEqualTo(TestFiles.PDF);
    }

    @Test
    void shouldNotHoldUpTextBehindAnAttachmentThatIsBeingChecked() {
        // Given
        String attachment = alice.uploaded(room, "a.pdf", "application/pdf", TestFiles.PDF);
        try (ChatClient client = ChatClient.connected(base, alice.token())) {
            JsonNode text;
            JsonNode checked;

            // When
            RealMedia.SERVER.freeze();
            try {
                var body = ChatClient.object().put("room", room).put("clientMessageId", "c1");
                body.putArray("attachments").add(attachment);
                int first = client.start("send", body);
                int second = client.startSend(room, "c2", "hi");
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

    @Test
    void shouldLetMembersDownloadAndNobodyElse() {
        // Given
        String attachment = alice.uploaded(room, "Grüße.png", "image/png", PNG);
        alice.send(room, "c1", attachment).then().statusCode(200);

        // When
        Response redirected = bob.download(attachment);
        HttpResponse<byte[]> file = MediaClient.get(redirected.header("Location"));
        JsonPath address = bob.address(attachment);

        // Then
        assertThat(redirected.statusCode()).isEqualTo(302);
        assertThat(file.body()).isEqualTo(PNG);
        assertThat(file.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("inline;"));
        assertThat(MediaClient.get(address.getString("url")).body()).isEqualTo(PNG);
        assertThat(address.getLong("expiresAt"))
                .isBetween(System.currentTimeMillis(), System.currentTimeMillis() + 300_000);
        Response stranger = mallory.download(attachment);
        Response nothing = mallory.download("AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(stranger.statusCode()).isEqualTo(404);
        assertThat(stranger.asString()).isEqualTo(nothing.asString());
    }

    @Test
    void shouldNotLetAnybodyDownloadWhatWasNotSent() {
        // Given
        String attachment = alice.uploaded(room, "a.png", "image/png", PNG);

        // When
        // Then
        alice.download(attachment).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({"a.svg, image/svg+xml", "a.html, text/html", "a.txt, text/plain"})
    void shouldNeverShowWhatCouldRunScripts(String name, String contentType) {
        // Given
        byte[] content = contentType.startsWith("image") ? TestFiles.SVG : TestFiles.HTML;
        String attachment = alice.uploaded(room, name, contentType, content);
        alice.send(room, "c1", attachment).then().statusCode(200);

        // When
        HttpResponse<byte[]> file = MediaClient.get(bob.address(attachment).getString("url"));

        // Then
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment;"));
    }

    @ParameterizedTest
    @CsvSource({
        "a.png, image/png, 4000001, 413, too_large, bytes",
        "a.png, image/png, 0, 400, invalid, bytes",
        "a.exe, application/x-msdownload, 100, 400, invalid, contentType",
        "a/b, image/png, 100, 400, invalid, name",
        "' ', image/png, 100, 400, invalid, name"
    })
    void shouldNameWhatIsWrongWithAnAnnouncement(
            String name, String contentType, long bytes, int status, String code, String field) {
        // When
        Response refused = alice.announce(room, name, contentType, bytes);

        // Then
        refused.then().statusCode(status).body("code", equalTo(code), "detail", containsString(field));
    }

    @Test
    void shouldNotTellARoomThatIsNotThereFromOneThatIsNotMine() {
        // When
        Response notMine = mallory.announce(room, "a.png", "image/png", 100);
        Response notThere = mallory.announce("g-AAAAAAAAAAAAAAAAAAAAAA", "a.png", "image/png", 100);

        // Then
        assertThat(notMine.statusCode()).isEqualTo(404);
        assertThat(notMine.asString()).isEqualTo(notThere.asString());
    }

    @Test
    void shouldBoundHowManyUploadsAUserAnnounces() {
        // Given
        for (int i = 0; i < RealMedia.UPLOADS_PER_MINUTE; i++) {
            alice.announced(room, "a.png", "image/png", 100);
        }

        // When
        Response refused = alice.announce(room, "a.png", "image/png", 100);

        // Then
        refused.then().statusCode(429).body("code", equalTo("rate_limited"), "retryable", equalTo(true));
        bob.announced(room, "a.png", "image/png", 100);
    }

    @Test
    void shouldGoOnWithTextWhileTheStoreIsDown() {
        // Given
        String sent = alice.uploaded(room, "a.pdf", "application/pdf", TestFiles.PDF);
        String unsent = alice.uploaded(room, "b.pdf", "application/pdf", TestFiles.PDF);
        alice.send(room, "c1", sent).then().statusCode(200);

        // When
        RealMedia.SERVER.kill();
        try {
            Response withAttachment = alice.send(room, "c2", unsent);
            Response withText = alice.send(room, "c3");

            // Then
            withText.then().statusCode(200).body("seq", equalTo(2));
            for (Response media :
                    List.of(withAttachment, alice.announce(room, "a.png", "image/png", 9), bob.download(sent))) {
                media.then().statusCode(503).body("code", equalTo("unavailable"), "retryable", equalTo(true));
            }
        } finally {
            RealMedia.SERVER.start();
        }
        alice.send(room, "c2", unsent).then().statusCode(200).body("seq", equalTo(3));
    }

    @Test
    void shouldSayUnavailableWithoutTheBucketAsWell() {
        // Given
        String unsent = alice.uploaded(room, "b.pdf", "application/pdf", TestFiles.PDF);
        Response whileDown;
        RealMedia.SERVER.kill();
        try {
            whileDown = alice.send(room, "c1", unsent);
        } finally {
            RealMedia.SERVER.start();
        }

        // When
        Response announced;
        RealMedia.SERVER.hideBucket(true);
        try {
            announced = alice.announce(room, "a.png", "image/png", 9);
        } finally {
            RealMedia.SERVER.hideBucket(false);
        }

        // Then
        whileDown.then().statusCode(503);
        announced.then().statusCode(503).body("code", equalTo("unavailable"));
        alice.send(room, "c1", unsent).then().statusCode(200);
    }

    private List<String> keysOfRoom() {
        return RealMedia.SERVER.keys().stream()
                .filter(key -> key.contains(room))
                .toList();
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
