package io.chatcluster.chat.session;

import io.chatcluster.chat.message.Ack;
import io.chatcluster.chat.message.ChangeService;
import io.chatcluster.chat.message.MessageService;
import io.chatcluster.chat.message.SendMessage;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ClientFrame;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.Grant;
import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers the commands that write to a room's log: send, edit, delete and react. */
@ApplicationScoped
class MessageCommands {
    private final MessageService messages;
    private final ChangeService changes;

    @Inject
    MessageCommands(MessageService messages, ChangeService changes) {
        this.messages = messages;
        this.changes = changes;
    }

    /**
     * Authorises and enqueues; the log keeps the order of the calls.
     *
     * @return the reply, once the event is stored, or a {@link ChatException} as the failure
     * @throws ChatException when the command is refused before it is enqueued
     */
    CompletionStage<ServerFrame.Reply> answer(UserId user, ClientFrame.Write command) {
        return switch (command) {
            case ClientFrame.Send send -> send(user, send);
            case ClientFrame.Edit edit ->
                changes.edit(user, room(edit), edit.seq(), edit.text())
                        .thenApply(seq -> new ServerFrame.Edited(edit.id(), seq));
            case ClientFrame.Delete delete ->
                changes.delete(user, room(delete), delete.seq())
                        .thenApply(seq -> new ServerFrame.Deleted(delete.id(), seq));
            case ClientFrame.React react ->
                changes.react(user, room(react), react.seq(), react.emoji(), react.remove())
                        .thenApply(seq -> new ServerFrame.Reacted(react.id(), seq));
        };
    }

    private CompletionStage<ServerFrame.Reply> send(UserId user, ClientFrame.Send send) {
        return sent(send, messages.send(message(user, send)));
    }

    /**
     * What {@link #answer} would do with it, where that does not block; null where it may.
     *
     * @throws ChatException when the command is refused
     */
    @Nullable
    Supplier<CompletionStage<ServerFrame.Reply>> atOnce(UserId user, ClientFrame.Send send) {
        SendMessage message = message(user, send);
        Grant grant = messages.recall(message);
        return grant == null ? null : () -> sent(send, messages.send(message, grant));
    }

    private static SendMessage message(UserId user, ClientFrame.Send send) {
        return new SendMessage(
                user, room(send), send.clientMessageId(), send.text(), send.attachments(), send.replyTo());
    }

    private static CompletionStage<ServerFrame.Reply> sent(ClientFrame.Send send, CompletionStage<Ack> commit) {
        return commit.thenApply(ack -> new ServerFrame.Sent(send.id(), ack.seq(), ack.time(), ack.duplicate()));
    }

    private static RoomId room(ClientFrame.Write command) {
        return new RoomId(command.room());
    }
}
