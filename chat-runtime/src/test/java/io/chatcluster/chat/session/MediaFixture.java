package io.chatcluster.chat.session;

import io.chatcluster.chat.services.RealMedia;
import io.chatcluster.chat.services.TestFiles;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Users who attach files, and a room of alice and bob, new for each test. */
final class MediaFixture implements BeforeEachCallback {
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    final MediaClient alice = new MediaClient("alice-" + run);
    final MediaClient bob = new MediaClient("bob-" + run);
    /** In no room. */
    final MediaClient mallory = new MediaClient("mallory-" + run);

    private String room = "";

    @Override
    public void beforeEach(ExtensionContext context) {
        room = alice.group(bob);
    }

    String room() {
        return room;
    }

    /** A file that alice has sent to the room; returns its id. */
    String sentFile() {
        String attachment = alice.uploaded(room, "a.pdf", "application/pdf", TestFiles.PDF);
        alice.send(room, "c1", attachment).then().statusCode(200);
        return attachment;
    }

    /** The objects that the store has of the room. */
    List<String> keysOfRoom() {
        return RealMedia.SERVER.keys().stream()
                .filter(key -> key.contains(room))
                .toList();
    }
}
