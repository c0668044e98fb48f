package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.TwoPods.ALICE;
import static io.chatcluster.chat.services.TwoPods.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.message.SendMessage;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Patience;
import io.chatcluster.chat.services.TwoPods;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreTurnsTest {
    private static final int OUTBOX_CHARS = 100_000;
    private static final int MESSAGES = 60;

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final StoreTurns turns = new StoreTurns(1);

    @Test
    void shouldLetOthersReadWhileAClientDoesNotTakeWhatItMissed() throws Exception {
        // Given a client whose socket takes nothing any more
        for (int message = 0; message < MESSAGES; message++) {
            String text = "x".repeat(5_000);
            var _ = pods.one()
                    .messages
                    .send(new SendMessage(ALICE, pods.room(), "m" + message, text, List.of(), null))
                    .toCompletableFuture()
                    .join();
        }
        SocketOutbox stuck = new SocketOutbox(new DeadWire(), OUTBOX_CHARS, () -> {});
        CompletableFuture<Boolean> slow = attach(BOB, stuck);
        Patience.await().until(() -> stuck.waitingChars() > OUTBOX_CHARS / 4);

        // When
        CompletableFuture<Boolean> quick = attach(ALICE, new SocketOutbox(new DeadWire(), Integer.MAX_VALUE, () -> {}));

        // Then
        assertThat(quick.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(slow).isNotDone();
        stuck.disconnected();
    }

    private CompletableFuture<Boolean> attach(UserId user, SocketOutbox outbox) {
        pods.one().hub.online(user, notice -> {});
        RoomAttachments rooms = new RoomAttachments(user, 10, pods.one().hub, pods.one().messages, turns, outbox);
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        rooms.attach(pods.room(), 0, MESSAGES);
                        return rooms.contains(pods.room());
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }
}
