package io.chatcluster.chat.session;

import io.chatcluster.chat.message.EventPage;
import io.chatcluster.chat.message.HistoryQuery;
import io.chatcluster.chat.message.MessageService;
import io.chatcluster.chat.message.StoredEvent;
import io.chatcluster.chat.protocol.ClientFrame;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Answers the commands about what a room's log holds: history and read. */
@ApplicationScoped
class RoomCommands {
    private final MessageService messages;

    @Inject
    RoomCommands(MessageService messages) {
        this.messages = messages;
    }

    ServerFrame.Reply history(UserId user, ClientFrame.History history) {
        EventPage page = messages.history(
                user,
                new RoomId(history.room()),
                HistoryQuery.of(history.before(), history.after(), history.at(), history.limit()));
        return new ServerFrame.HistoryPage(
                history.id(), page.events().stream().map(StoredEvent::json).toList(), page.more());
    }

    ServerFrame.Reply read(UserId user, ClientFrame.Read read) {
        messages.read(user, new RoomId(read.room()), read.seq());
        return new ServerFrame.ReadStored(read.id());
    }
}
