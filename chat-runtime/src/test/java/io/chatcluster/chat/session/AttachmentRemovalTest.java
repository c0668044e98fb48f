package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.session.ChatFixture.api;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.chatcluster.chat.media.Removals;
import io.chatcluster.chat.services.RealMedia;
import io.chatcluster.chat.services.TestFiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of the files of messages that are taken back. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
@WithTestResource(RealMedia.class)
class AttachmentRemovalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final MediaFixture media = new MediaFixture();

    private String attachment = "";

    @Inject
    Removals removals;

    @BeforeEach
    void sendAFile() {
        attachment = media.sentFile();
    }

    @Test
    void shouldTakeTheFileOfADeletedMessageAway() {
        // Given somebody who has asked for the file before
        String address = media.bob.address(attachment).getString("url");
        assertThat(MediaClient.get(address).statusCode()).isEqualTo(200);

        // When
        deleteMessage();

        // Then
        media.bob.download(attachment).then().statusCode(404);
        media.alice.download(attachment).then().statusCode(404);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(media.keysOfRoom()).isEmpty());
        assertThat(MediaClient.get(address).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTakeItAwayLaterWhereTheStoreWasDown() {
        // Given
        RealMedia.SERVER.kill();
        try {

            // When
            deleteMessage();

            // Then
            media.bob.download(attachment).then().statusCode(404);
        } finally {
            RealMedia.SERVER.start();
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            removals.sweep();
            assertThat(media.keysOfRoom()).isEmpty();
        });
    }

    @Test
    void shouldNotSendAgainWhatIsRemoved() {
        // Given
        deleteMessage();

        // Then
        media.alice
                .send(media.room(), "c2", attachment)
                .then()
                .statusCode(400)
                .body("detail", containsString(attachment + " is not an upload of yours"));
    }

    @Test
    void shouldKeepTheFilesOfOtherMessages() {
        // Given
        String other = media.alice.uploaded(media.room(), "b.pdf", "application/pdf", TestFiles.PDF);
        media.alice.send(media.room(), "c2", other).then().statusCode(200);

        // When
        deleteMessage();

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(media.keysOfRoom()).containsExactly("sent/" + media.room() + "/" + other));
        media.bob.download(other).then().statusCode(302);
    }

    private void deleteMessage() {
        api(media.alice.user())
                .delete("/api/v1/rooms/" + media.room() + "/messages/1")
                .then()
                .statusCode(200);
    }
}
