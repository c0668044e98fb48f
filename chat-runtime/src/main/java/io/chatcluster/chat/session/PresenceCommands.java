package io.chatcluster.chat.session;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ClientFrame;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers the commands about what people are doing now: typing, subscribe and unsubscribe. */
@ApplicationScoped
class PresenceCommands {

    ServerFrame.Reply typing(Session session, UserId user, ClientFrame.Typing typing) {
        throw unsupported();
    }

    ServerFrame.Reply subscribe(Session session, UserId user, ClientFrame.Subscribe subscribe) {
        throw unsupported();
    }

    ServerFrame.Reply unsubscribe(Session session, UserId user, ClientFrame.Unsubscribe unsubscribe) {
        throw unsupported();
    }

    private static ChatException unsupported() {
        return new ChatException(ErrorCode.UNSUPPORTED, "this service does not tell presence yet");
    }
}
