package io.chatcluster.chat.message;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;

/** Messages as users send, page and mark them: authorise → deduplicate → append → publish. */
@ApplicationScoped
public class MessageService {

    /**
     * Authorises (may block: call on a virtual thread), enqueues in call order and completes after the commit.
     *
     * @return the acknowledgement, or a {@link ChatException} as the failure
     * @throws ChatException when the message is refused before it is enqueued
     */
    public CompletionStage<Ack> send(SendMessage message) {
        throw new UnsupportedOperationException();
    }

    /** Blocks. */
    public EventPage history(UserId me, RoomId room, HistoryQuery query) {
        throw new UnsupportedOperationException();
    }

    /** Moves the read marker of {@code me} forward to {@code seq}; a lower one changes nothing. Blocks. */
    public void read(UserId me, RoomId room, long seq) {
        throw new UnsupportedOperationException();
    }
}
