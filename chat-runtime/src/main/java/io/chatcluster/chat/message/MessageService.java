package io.chatcluster.chat.message;

import io.chatcluster.chat.media.MediaAttachment;
import io.chatcluster.chat.media.MediaService;
import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.Grant;
import io.chatcluster.chat.room.Permission;
import io.chatcluster.chat.room.RoomAccess;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomService;
import io.chatcluster.chat.room.RoomSizes;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Messages as users send, page and mark them: authorise → deduplicate → append → publish. */
@ApplicationScoped
public class MessageService {

    /** In a larger room read markers are kept, but not told to the others. */
    static final int RECEIPTS_MEMBERS_MAX = 100;

    private final RoomService rooms;
    private final RoomAccess access;
    private final RoomWriters writers;
    private final History history;
    private final MediaService media;
    private final UnusedFiles unused;
    private final MessageLimits limits;
    private final RoomSizes sizes;
    private final ReadListener readers;
    private final int messageBytesMax;

    @Inject
    public MessageService(
            RoomService rooms,
            RoomAccess access,
            RoomWriters writers,
            History history,
            MediaService media,
            UnusedFiles unused,
            MessageLimits limits,
            RoomSizes sizes,
            ReadListener readers,
            ChatConfig config) {
        this.rooms = rooms;
        this.access = access;
        this.writers = writers;
        this.history = history;
        this.media = media;
        this.unused = unused;
        this.limits = limits;
        this.sizes = sizes;
        this.readers = readers;
        this.messageBytesMax = config.limits().messageBytesMax();
    }

    /**
     * Authorises (may block: call on a virtual thread), enqueues in call order and completes after the commit. A message
     * with attachments is enqueued when they are verified, which later messages do not wait for.
     *
     * @return the acknowledgement, or a {@link ChatException} as the failure
     * @throws ChatException when the message is refused before it is enqueued
     */
    public CompletionStage<Ack> send(SendMessage message) {
        return appendWithinLimits(message, authorise(message));
    }

    /** What {@link #send} goes by where it has to wait for nothing; null where it has to. Never blocks. */
    public @Nullable Grant recall(SendMessage message) {
        boolean alone = message.attachments().isEmpty() && message.replyTo() == null;
        return alone ? access.recall(message.from(), message.room()) : null;
    }

    /** As {@link #send}, by what {@link #recall} has just said of the message. Never blocks. */
    public CompletionStage<Ack> send(SendMessage message, Grant recalled) {
        requireSize(message);
        return appendWithinLimits(message, recalled);
    }

    private CompletionStage<Ack> appendWithinLimits(SendMessage message, Grant grant) {
        limits.take(message.from(), message.room());
        return append(message, grant);
    }

    /** As {@link #send}, for an application's back end that says it in a user's name: no user's limit holds it back. */
    public CompletionStage<Ack> sendFor(SendMessage message) {
        Grant grant = authorise(message);
        limits.take(message.room());
        return append(message, grant);
    }

    private Grant authorise(SendMessage message) {
        requireSize(message);
        Grant grant = access.mayWrite(message.from(), message.room());
        if (message.replyTo() != null && message.replyTo() > history.tail(message.room())) {
            throw new ChatException(ErrorCode.INVALID, "replyTo: the room does not go that far");
        }
        return grant;
    }

    private CompletionStage<Ack> append(SendMessage message, Grant grant) {
        if (message.attachments().isEmpty()) {
            return append(message, List.of(), grant);
        }
        Instant begun = Instant.now();
        List<String> moved = new CopyOnWriteArrayList<>();
        CompletionStage<Ack> sent = media.verified(message.from(), message.room(), message.attachments(), moved::add)
                .thenCompose(attachments -> {
                    // Verification takes its time: the sender may have left the room meanwhile.
                    Grant renewed = access.grant(message.from(), message.room(), Permission.SEND);
                    return append(message, attachments, renewed);
                });
        return unused.removedAfter(sent, message.room(), moved, begun);
    }

    private CompletionStage<Ack> append(SendMessage message, List<MediaAttachment.Verified> attachments, Grant grant) {
        return writers.append(message.room(), EventBody.message(message, attachments), grant);
    }

    private void requireSize(SendMessage message) {
        String text = message.text();
        if (text != null && text.getBytes(StandardCharsets.UTF_8).length > messageBytesMax) {
            throw new ChatException(
                    ErrorCode.TOO_LARGE, "text: must not be over " + messageBytesMax + " bytes in UTF-8");
        }
    }

    /** A page of the room, whose messages show what was made of them since. Blocks. */
    public EventPage history(UserId me, RoomId room, HistoryQuery query) {
        rooms.authorise(me, room, Permission.READ);
        return history.page(room, query);
    }

    /**
     * Moves the read marker of {@code me} forward to {@code seq}, and tells the other members and the user's other
     * connections; a lower one changes nothing. Blocks.
     */
    public void read(UserId me, RoomId room, long seq) {
        access.wasMember(me, room);
        if (seq < 0 || seq > history.tail(room)) {
            var unused = access.require(me, room, Permission.READ);
            throw new ChatException(ErrorCode.INVALID, "seq: the room does not go that far");
        }
        switch (rooms.markRead(me, room, seq)) {
            case MOVED -> {
                if (sizes.atMost(room, RECEIPTS_MEMBERS_MAX)) {
                    readers.read(room, me, seq);
                } else {
                    readers.readInLargeRoom(room, me, seq);
                }
            }
            case THERE_ALREADY -> {}
            case NOT_A_MEMBER -> throw RoomAccess.notFound();
        }
    }
}
