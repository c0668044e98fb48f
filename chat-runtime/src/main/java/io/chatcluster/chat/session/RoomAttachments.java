package io.chatcluster.chat.session;

import io.chatcluster.chat.delivery.Attachment;
import io.chatcluster.chat.delivery.LocalHub;
import io.chatcluster.chat.delivery.OfferKind;
import io.chatcluster.chat.message.EventPage;
import io.chatcluster.chat.message.HistoryQuery;
import io.chatcluster.chat.message.MessageService;
import io.chatcluster.chat.message.StoredEvent;
import io.chatcluster.chat.protocol.FrameWriter;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rooms whose events one session is pushed. For use by the session's thread. */
final class RoomAttachments implements AutoCloseable {
    /** Fewer missed events than this are left to the hub, which has them in memory as a rule. */
    private static final int HUB_EVENTS_MAX = 20;
    /** The size of one push of missed events. */
    private static final int PUSH_CHARS = 65_536;
    /** How long a client may take to read what it missed before it counts as a slow consumer. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private static final FrameWriter WRITER = new FrameWriter();
    private static final Attachment NOTHING = () -> {};

    private final UserId user;
    private final int roomsMax;
    private final LocalHub hub;
    private final MessageService messages;
    private final StoreTurns turns;
    private final SocketOutbox outbox;
    private final Map<RoomId, Attachment> attachments = new HashMap<>(2);

    RoomAttachments(
            UserId user, int roomsMax, LocalHub hub, MessageService messages, StoreTurns turns, SocketOutbox outbox) {
        this.user = user;
        this.roomsMax = roomsMax;
        this.hub = hub;
        this.messages = messages;
        this.turns = turns;
        this.outbox = outbox;
    }

    /** Whether it has as many as it may have. */
    boolean full() {
        return attachments.size() >= roomsMax;
    }

    boolean contains(RoomId room) {
        return attachments.containsKey(room);
    }

    /**
     * Pushes the events after {@code after} as they are shown now, no faster than the client reads, and from there on live; nothing
     * where the user is not in the room any more.
     *
     * @param tail the room's tail as known; what was committed since then is pushed as well
     * @return false when the connection has ended: there is nobody to push anything to
     */
    boolean attach(RoomId room, long after, long tail) throws InterruptedException {
        long position = after;
        while (outbox.awaitRoom(READ_TIMEOUT)) {
            List<StoredEvent> missed =
                    tail - position > HUB_EVENTS_MAX && isMember(room) ? page(room, position) : List.of();
            // Also where there were more: they have expired.
            if (missed.isEmpty()) {
                join(room, position);
                return true;
            }
            if (!push(room, missed)) {
                return false;
            }
            position = missed.getLast().seq();
        }
        return false;
    }

    private List<StoredEvent> page(RoomId room, long after) throws InterruptedException {
        HistoryQuery query = new HistoryQuery(null, after, null, HistoryQuery.LIMIT_MAX);
        EventPage page = turns.take(() -> messages.history(user, room, query));
        return page.events();
    }

    /**
     * One who was removed while the client read what it missed is still attached, to nothing: the notice of it, which waits until this
     * is done, tells the client. Asked before, for what the hub has in memory, and after, for a removal that found no attachment to end.
     */
    private void join(RoomId room, long after) throws InterruptedException {
        Attachment attachment = isMember(room) ? turns.take(() -> hub.attach(user, room, after, outbox)) : NOTHING;
        if (!isMember(room)) {
            attachment.close();
        }
        attachments.put(room, attachment);
    }

    /** As far as this pod has heard. */
    private boolean isMember(RoomId room) {
        return hub.find(user, room) != null;
    }

    /** Ends the pushes; false when the room was not attached. */
    boolean detach(RoomId room) {
        Attachment attachment = attachments.remove(room);
        if (attachment == null) {
            return false;
        }
        attachment.close();
        return true;
    }

    @Override
    public void close() {
        attachments.values().forEach(Attachment::close);
        attachments.clear();
    }

    private boolean push(RoomId room, List<StoredEvent> events) throws InterruptedException {
        List<String> batch = new ArrayList<>();
        long chars = 0;
        for (StoredEvent event : events) {
            String json = event.json();
            if (chars + json.length() > PUSH_CHARS && !batch.isEmpty()) {
                if (!offer(room, batch)) {
                    return false;
                }
                batch = new ArrayList<>();
                chars = 0;
            }
            batch.add(json);
            chars += json.length();
        }
        return offer(room, batch);
    }

    private boolean offer(RoomId room, List<String> batch) throws InterruptedException {
        return outbox.awaitRoom(READ_TIMEOUT)
                && outbox.offer(WRITER.write(new ServerFrame.Events(room.value(), batch)), OfferKind.REQUIRED);
    }
}
