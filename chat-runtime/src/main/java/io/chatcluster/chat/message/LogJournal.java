package io.chatcluster.chat.message;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.OwedEvent;
import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomJournal;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** Room changes in the message log, in one order with what is said. */
@ApplicationScoped
public class LogJournal implements RoomJournal {

    /** By how much the pods' clocks may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(2);
    /** For how long writers certainly know an event again; later the log itself is asked. */
    private static final Duration DEDUPED =
            Duration.ofMillis(DedupeWindow.KEPT_MILLIS).minus(CLOCKS);

    private final RoomWriters writers;
    private final History history;

    @Inject
    public LogJournal(RoomWriters writers, History history) {
        this.writers = writers;
        this.history = history;
    }

    @Override
    public OwedEvent joined(UserId from, UserId user, Role role) {
        return owed(EventBody.joined(from, newId(), user, role));
    }

    @Override
    public OwedEvent roleChanged(UserId from, UserId user, Role role) {
        return owed(EventBody.role(from, newId(), user, role));
    }

    @Override
    public OwedEvent left(UserId from, UserId user) {
        return owed(EventBody.left(from, newId(), user));
    }

    @Override
    public OwedEvent renamed(UserId from, String name) {
        return owed(EventBody.renamed(from, newId(), name));
    }

    @Override
    public OwedEvent deleted(UserId from) {
        return owed(EventBody.deleted(from));
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static OwedEvent owed(String body) {
        return new OwedEvent(System.currentTimeMillis(), body);
    }

    @Override
    public void append(RoomId room, OwedEvent event) {
        boolean forgotten = event.since() < System.currentTimeMillis() - DEDUPED.toMillis();
        if (forgotten && history.holds(room, event.since() - CLOCKS.toMillis(), event.body())) {
            return;
        }
        try {
            writers.append(room, event.body()).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ChatException failure ? failure : e;
        }
    }

    @Override
    public long tail(RoomId room) {
        return history.tail(room);
    }

    @Override
    public long lastTime(RoomId room) {
        return history.lastTime(room);
    }

    @Override
    public Optional<String> lastMessage(RoomId room) {
        return history.lastMessage(room).map(StoredEvent::json);
    }

    @Override
    public int unread(RoomId room, UserId user, long read, int max) {
        return history.unread(room, user, read, max);
    }
}
