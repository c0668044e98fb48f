package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Sees to it that a room's log tells of every change of the room and its members. The event is kept in the room's item by the write
 * that makes the change, and taken from there once the log has it. Where that was prevented, whoever changes the room next, which
 * includes asking for the same again, appends it first, and whoever looks at the room has it appended. The log takes each once.
 */
@ApplicationScoped
public class OwedEvents {

    private static final Logger LOG = Logger.getLogger(OwedEvents.class);

    private final RoomStore store;
    private final RoomJournal journal;
    private final Set<RoomId> underWay = ConcurrentHashMap.newKeySet();

    @Inject
    public OwedEvents(RoomStore store, RoomJournal journal) {
        this.store = store;
        this.journal = journal;
    }

    /**
     * Appends the events in the order of their changes. Blocks.
     *
     * @throws ChatException when the log does not take them: they stay owed
     */
    void settle(RoomId room, List<OwedEvent> owed) {
        if (owed.isEmpty()) {
            return;
        }
        owed.stream().sorted(Comparator.comparingLong(OwedEvent::since)).forEach(event -> journal.append(room, event));
        try {
            store.settled(room, owed);
        } catch (ChatException e) {
            LOG.warnf("room %s: what its log has stays noted for the next look: %s", room, e.getMessage());
        }
    }

    /** Appends what the room owes, some time soon. Never blocks. */
    void settleSoon(Room room) {
        if (!room.owed().isEmpty() && underWay.add(room.id())) {
            Thread.ofVirtual().name("owed-" + room.id()).start(() -> settleNow(room));
        }
    }

    private void settleNow(Room room) {
        try {
            settle(room.id(), room.owed());
        } catch (RuntimeException e) {
            LOG.warnf("room %s: its log is told of a change at the next look: %s", room.id(), e);
        } finally {
            underWay.remove(room.id());
        }
    }
}
