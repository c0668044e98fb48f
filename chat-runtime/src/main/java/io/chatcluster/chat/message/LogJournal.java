package io.chatcluster.chat.message;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.room.Role;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.RoomJournal;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Room changes in the message log, in one order with what is said. */
@ApplicationScoped
public class LogJournal implements RoomJournal {

    private final RoomWriters writers;
    private final History history;

    @Inject
    public LogJournal(RoomWriters writers, History history) {
        this.writers = writers;
        this.history = history;
    }

    @Override
    public void joined(RoomId room, UserId from, UserId user, Role role) {
        append(room, EventBody.joined(from, user, role));
    }

    @Override
    public void roleChanged(RoomId room, UserId from, UserId user, Role role) {
        append(room, EventBody.role(from, user, role));
    }

    @Override
    public void left(RoomId room, UserId from, UserId user) {
        append(room, EventBody.left(from, user));
    }

    @Override
    public void renamed(RoomId room, UserId from, String name) {
        append(room, EventBody.renamed(from, name));
    }

    @Override
    public void deleted(RoomId room, UserId from) {
        append(room, EventBody.deleted(from));
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

    private void append(RoomId room, String body) {
        try {
            writers.append(room, body).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ChatException failure ? failure : e;
        }
    }
}
