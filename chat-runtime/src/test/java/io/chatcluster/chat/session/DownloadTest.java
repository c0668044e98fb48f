package io.chatcluster.chat.session;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets files and how, also while the store is down. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
@WithTestResource(RealMedia.class)
class DownloadTest {
    private static final byte[] PNG = TestFiles.picture("png", 640, 480);

    @RegisterExtension
    final MediaFixture media = new MediaFixture();

    @Test
    void shouldLetMembersDownloadAndNobodyElse() {
        // Given
        String attachment = media.alice.uploaded(media.room(), "Grüße.png", "image/png", PNG);
        media.alice.send(media.room(), "c1", attachment).then().statusCode(200);

        // When
        Response redirected = media.bob.download(attachment);
        HttpResponse<byte[]> file = MediaClient.get(redirected.header("Location"));
        JsonPath address = media.bob.address(attachment);

        // Then
        assertThat(redirected.statusCode()).isEqualTo(302);
        assertThat(file.body()).isEqualTo(PNG);
        assertThat(file.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("inline;"));
        assertThat(MediaClient.get(address.getString("url")).body()).isEqualTo(PNG);
        assertThat(address.getLong("expiresAt"))
                .isBetween(System.currentTimeMillis(), System.currentTimeMillis() + 300_000);
        Response stranger = media.mallory.download(attachment);
        Response nothing = media.mallory.download("AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(stranger.statusCode()).isEqualTo(404);
        assertThat(stranger.asString()).isEqualTo(nothing.asString());
    }

    @Test
    void shouldNotLetAnybodyDownloadWhatWasNotSent() {
        // Given
        String attachment = media.alice.uploaded(media.room(), "a.png", "image/png", PNG);

        // When
        // Then
        media.alice.download(attachment).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({"a.svg, image/svg+xml", "a.html, text/html", "a.txt, text/plain"})
    void shouldNeverShowWhatCouldRunScripts(String name, String contentType) {
        // Given
        byte[] content = contentType.startsWith("image") ? TestFiles.SVG : TestFiles.HTML;
        String attachment = media.alice.uploaded(media.room(), name, contentType, content);
        media.alice.send(media.room(), "c1", attachment).then().statusCode(200);

        // When
        HttpResponse<byte[]> file =
                MediaClient.get(media.bob.address(attachment).getString("url"));

        // Then
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment;"));
    }

    @Test
    void shouldGoOnWithTextWhileTheStoreIsDown() {
        // Given
        String sent = media.alice.uploaded(media.room(), "a.pdf", "application/pdf", TestFiles.PDF);
        String unsent = media.alice.uploaded(media.room(), "b.pdf", "application/pdf", TestFiles.PDF);
        media.alice.send(media.room(), "c1", sent).then().statusCode(200);

        // When
        RealMedia.SERVER.kill();
        try {
            Response withAttachment = media.alice.send(media.room(), "c2", unsent);
            Response withText = media.alice.send(media.room(), "c3");

            // Then
            withText.then().statusCode(200).body("seq", equalTo(2));
            for (Response media : List.of(
                    withAttachment,
                    media.alice.announce(media.room(), "a.png", "image/png", 9),
                    media.bob.download(sent))) {
                media.then().statusCode(503).body("code", equalTo("unavailable"), "retryable", equalTo(true));
            }
        } finally {
            RealMedia.SERVER.start();
        }
        media.alice.send(media.room(), "c2", unsent).then().statusCode(200).body("seq", equalTo(3));
    }

    @Test
    void shouldSayUnavailableWithoutTheBucketAsWell() {
        // Given
        String unsent = media.alice.uploaded(media.room(), "b.pdf", "application/pdf", TestFiles.PDF);
        Response whileDown;
        RealMedia.SERVER.kill();
        try {
            whileDown = media.alice.send(media.room(), "c1", unsent);
        } finally {
            RealMedia.SERVER.start();
        }

        // When
        Response announced;
        RealMedia.SERVER.hideBucket(true);
        try {
            announced = media.alice.announce(media.room(), "a.png", "image/png", 9);
        } finally {
            RealMedia.SERVER.hideBucket(false);
        }

        // Then
        whileDown.then().statusCode(503);
        announced.then().statusCode(503).body("code", equalTo("unavailable"));
        media.alice.send(media.room(), "c1", unsent).then().statusCode(200);
    }
}
