package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.session.ChatFixture.api;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.media.AttachmentId;
import io.chatcluster.chat.media.AttachmentStore;
import io.chatcluster.chat.media.Removals;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.services.RealMedia;
import io.chatcluster.chat.services.TestFiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of the files of a room that is deleted. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
@WithTestResource(RealMedia.class)
class RoomFilesRemovalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final MediaFixture media = new MediaFixture();

    private String attachment = "";

    @Inject
    Removals removals;

    @Inject
    AttachmentStore attachments;

    @BeforeEach
    void sendAFile() {
        attachment = media.sentFile();
    }

    @Test
    void shouldGoWithTheRoom() {
        // Given a file that was never sent, and another room
        media.alice.uploaded(media.room(), "b.pdf", "application/pdf", TestFiles.PDF);
        String elsewhere = media.alice.group(media.bob);
        String other = media.alice.uploaded(elsewhere, "c.pdf", "application/pdf", TestFiles.PDF);
        media.alice.send(elsewhere, "c1", other).then().statusCode(200);

        // When
        deleteRoom();

        // Then
        media.alice.download(attachment).then().statusCode(404);
        awaitNoFiles(() -> {});
        assertThat(attachments.find(new AttachmentId(attachment))).isEmpty();
        media.bob.download(other).then().statusCode(302);
        assertThat(RealMedia.SERVER.keys()).contains("sent/" + elsewhere + "/" + other);
    }

    @Test
    void shouldGoLaterWhereTheStoreWasDown() {
        // Given
        RealMedia.SERVER.kill();
        try {

            // When
            deleteRoom();
        } finally {
            RealMedia.SERVER.start();
        }

        // Then
        awaitNoFiles(removals::sweep);
    }

    @Test
    void shouldGoThoughThePodDiedThatWasToDeleteThem() {
        // Given
        var unused = attachments.removeAll(new RoomId(media.room()), Instant.now());

        // When
        removals.sweep();

        // Then
        assertThat(media.keysOfRoom()).isEmpty();
    }

    @Test
    void shouldGoLaterWhenTheyWereBeingSentMeanwhile() {
        // Given
        deleteRoom();
        awaitNoFiles(() -> {});
        RealMedia.SERVER.put("sent/" + media.room() + "/" + attachment, "late");

        // When
        removals.sweep(Instant.now().plus(Duration.ofHours(1)));

        // Then
        assertThat(media.keysOfRoom()).isEmpty();
    }

    private void deleteRoom() {
        api(media.alice.user()).delete("/api/v1/rooms/" + media.room()).then().statusCode(204);
    }

    private void awaitNoFiles(Runnable meanwhile) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            meanwhile.run();
            assertThat(media.keysOfRoom()).isEmpty();
        });
    }
}
