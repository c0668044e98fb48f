package io.chatcluster.chat.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.chatcluster.chat.services.RealMedia;
import io.chatcluster.chat.services.TestFiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be uploaded, and what of it may be sent. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
@WithTestResource(RealMedia.class)
class UploadTest {
    private static final byte[] PNG = TestFiles.picture("png", 640, 480);

    @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
    int managementPort;

    @RegisterExtension
    final MediaFixture media = new MediaFixture();

    @Test
    void shouldLetTheStoreRefuseWhatWasNotAnnounced() {
        // Given
        JsonPath announced = media.alice.announced(media.room(), "a.png", "image/png", PNG.length);

        // When
        HttpResponse<byte[]> tooLong = MediaClient.put(announced, "image/png", new byte[PNG.length + 1]);
        HttpResponse<byte[]> tooShort = MediaClient.put(announced, "image/png", new byte[PNG.length - 1]);
        HttpResponse<byte[]> otherType = MediaClient.put(announced, "text/html", PNG);

        // Then
        assertThat(List.of(tooLong.statusCode(), tooShort.statusCode(), otherType.statusCode()))
                .containsOnly(403);
        assertThat(media.keysOfRoom()).isEmpty();
        assertThat(announced.getMap("headers"))
                .isEqualTo(Map.of("content-length", Integer.toString(PNG.length), "content-type", "image/png"));
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
        Response refused = media.alice.announce(media.room(), name, contentType, bytes);

        // Then
        refused.then().statusCode(status).body("code", equalTo(code), "detail", containsString(field));
    }

    @Test
    void shouldCountWhatWasCheckedAndWhatWasNotWhatWasAnnounced() {
        // Given
        String picture = media.alice.uploaded(media.room(), "a.png", "image/png", PNG);
        String text = media.alice.uploaded(media.room(), "b.png", "image/png", TestFiles.PDF);
        double checked = metric("chat_media_verification_seconds_count");
        double seconds = metric("chat_media_verification_seconds_sum");
        double failures = metric("chat_media_verification_failures_total{code=\"invalid\"}");

        // When
        media.alice.send(media.room(), "c1", picture).then().statusCode(200);
        media.alice.send(media.room(), "c2", text).then().statusCode(400);

        // Then
        assertThat(metric("chat_media_verification_seconds_count")).isEqualTo(checked + 1);
        assertThat(metric("chat_media_verification_seconds_sum")).isGreaterThan(seconds);
        assertThat(metric("chat_media_verification_failures_total{code=\"invalid\"}"))
                .isEqualTo(failures + 1);
    }

    private double metric(String start) {
        return ScrapedMetrics.sum(managementPort, start);
    }

    @Test
    void shouldNotTellARoomThatIsNotThereFromOneThatIsNotMine() {
        // When
        Response notMine = media.mallory.announce(media.room(), "a.png", "image/png", 100);
        Response notThere = media.mallory.announce("g-AAAAAAAAAAAAAAAAAAAAAA", "a.png", "image/png", 100);

        // Then
        assertThat(notMine.statusCode()).isEqualTo(404);
        assertThat(notMine.asString()).isEqualTo(notThere.asString());
    }

    @Test
    void shouldBoundHowManyUploadsAUserAnnounces() {
        // Given
        for (int i = 0; i < RealMedia.UPLOADS_PER_MINUTE; i++) {
            media.alice.announced(media.room(), "a.png", "image/png", 100);
        }

        // When
        Response refused = media.alice.announce(media.room(), "a.png", "image/png", 100);

        // Then
        refused.then().statusCode(429).body("code", equalTo("rate_limited"), "retryable", equalTo(true));
        media.bob.announced(media.room(), "a.png", "image/png", 100);
    }

    @Test
    void shouldRefuseAFileThatIsNotOfTheTypeItWasUploadedAs() {
        // Given
        String attachment = media.alice.uploaded(media.room(), "a.png", "image/png", TestFiles.HTML);

        // When
        Response refused = media.alice.send(media.room(), "c1", attachment);

        // Then
        refused.then()
                .statusCode(400)
                .body("code", equalTo("invalid"), "detail", containsString(attachment))
                .body("detail", containsString("image/png"));
        media.alice.download(attachment).then().statusCode(404);
        assertThat(media.bob.events(media.room())).isEmpty();
    }

    @Test
    void shouldRefuseWhatWasNeverUploaded() {
        // Given
        String attachment =
                media.alice.announced(media.room(), "a.png", "image/png", 100).getString("attachment");

        // When
        // Then
        media.alice
                .send(media.room(), "c1", attachment)
                .then()
                .statusCode(400)
                .body("detail", containsString(attachment + " was not uploaded"));
    }

    @Test
    void shouldRefuseUploadsOfOtherUsersAndForOtherRooms() {
        // Given
        String attachment = media.alice.uploaded(media.room(), "a.pdf", "application/pdf", TestFiles.PDF);
        String otherRoom = media.alice.group(media.bob);

        // When
        List<Response> refusals = List.of(
                media.bob.send(media.room(), "c1", attachment),
                media.alice.send(otherRoom, "c1", attachment),
                media.alice.send(media.room(), "c1", "no-such-attachment-123"),
                media.alice.send(media.room(), "c1", "../../etc/passwd"));

        // Then
        refusals.forEach(refused -> refused.then()
                .statusCode(400)
                .body("code", equalTo("invalid"), "detail", containsString("not an upload of yours for this room")));
    }

    @Test
    void shouldKeepWhatWasSentOutOfTheUploadersReach() {
        // Given
        byte[] other = TestFiles.PDF.clone();
        other[7] = '5';
        JsonPath announced = media.alice.announced(media.room(), "a.pdf", "application/pdf", other.length);
        String attachment = announced.getString("attachment");
        assertThat(MediaClient.put(announced, "application/pdf", TestFiles.PDF).statusCode())
                .isEqualTo(200);
        media.alice.send(media.room(), "c1", attachment).then().statusCode(200);

        // When
        assertThat(MediaClient.put(announced, "application/pdf", other).statusCode())
                .isEqualTo(200);
        media.alice.send(media.room(), "c2", attachment).then().statusCode(200);

        // Then
        assertThat(MediaClient.get(media.bob.address(attachment).getString("url"))
                        .body())
                .isEqualTo(TestFiles.PDF);
    }
}
