package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.chatcluster.chat.media.Avatars;
import io.chatcluster.chat.services.RealMedia;
import io.chatcluster.chat.services.TestFiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
@QuarkusTestResource(value = RealMedia.class, restrictToAnnotatedClass = true)
class AvatarTest {
    private static final byte[] PNG = TestFiles.picture("png", 64, 64);

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final MediaClient alice = new MediaClient("alice-" + run);
    private final MediaClient stranger = new MediaClient("stranger-" + run);

    @Test
    void shouldShowAPictureToEverybodyWhoIsSignedIn() {
        // Given
        String picture = alice.uploadedAvatar("image/png", PNG);
        stranger.download(picture).then().statusCode(404);

        // When
        alice.shows(picture).then().statusCode(200).body("avatar", equalTo(picture));

        // Then
        stranger.profileOf(alice).then().body("avatar", equalTo(picture));
        String url = stranger.address(picture).getString("url");
        assertThat(MediaClient.get(url).body()).isEqualTo(PNG);
    }

    @Test
    void shouldShowAPictureNoLongerThanItsOwnerDoes() {
        // Given
        String first = alice.uploadedAvatar("image/png", PNG);
        alice.shows(first).then().statusCode(200);
        String second = alice.uploadedAvatar("image/png", PNG);

        // When
        alice.shows(second).then().statusCode(200);

        // Then
        stranger.download(first).then().statusCode(404);
        stranger.download(second).then().statusCode(302);
        alice.showsNothing().then().statusCode(200).body("avatar", nullValue());
        stranger.download(second).then().statusCode(404);
    }

    @Test
    void shouldDeleteThePictureThatItsOwnerShowsNoLonger() {
        // Given
        String first = alice.uploadedAvatar("image/png", PNG);
        alice.shows(first).then().statusCode(200);
        assertThat(RealMedia.SERVER.keys()).anyMatch(key -> key.contains(first));

        // When
        alice.showsNothing().then().statusCode(200);

        // Then
        await().untilAsserted(() -> assertThat(RealMedia.SERVER.keys()).noneMatch(key -> key.contains(first)));
    }

    @Test
    void shouldKeepThePictureWhenOnlyTheNameChanges() {
        // Given
        String picture = alice.uploadedAvatar("image/png", PNG);
        alice.shows(picture).then().statusCode(200);

        // When
        RealMedia.SERVER.hideBucket(true);
        try {
            // Then
            alice.shows(picture).then().statusCode(200);
        } finally {
            RealMedia.SERVER.hideBucket(false);
        }
    }

    @Test
    void shouldRefuseAPictureThatSomebodyElseUploaded() {
        // Given
        String picture = alice.uploadedAvatar("image/png", PNG);

        // Then
        stranger.shows(picture).then().statusCode(400).body("detail", containsString("avatar"));
        stranger.shows("no-such-id").then().statusCode(400);
    }

    @Test
    void shouldMakeNothingPublicThatWasSentToARoom() {
        // Given
        MediaClient bob = new MediaClient("bob-" + run);
        String room = alice.group(bob);
        String attachment = alice.uploaded(room, "a.png", "image/png", PNG);
        alice.send(room, "c1", attachment).then().statusCode(200);

        // Then
        alice.shows(attachment).then().statusCode(400);
        String picture = alice.uploadedAvatar("image/png", PNG);
        alice.send(room, "c2", picture).then().statusCode(400);
    }

    @Test
    void shouldRefuseWhatIsNoPicture() {
        // Given
        String text = alice.uploadedAvatar("image/png", new byte[] {1, 2, 3});

        // Then
        alice.shows(text).then().statusCode(400);
        alice.announceAvatar("image/svg+xml", 10).then().statusCode(400).body("detail", containsString("contentType"));
        alice.announceAvatar("image/png", Avatars.BYTES_MAX + 1).then().statusCode(413);
    }
}
