package io.chatcluster.chat.session;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ClientFrame;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers the command about the session's own token: refresh. */
@ApplicationScoped
class TokenCommands {

    ServerFrame.Reply refresh(Session session, UserId user, ClientFrame.Refresh refresh) {
        throw new ChatException(ErrorCode.UNSUPPORTED, "this service does not take a fresh token yet: reconnect");
    }
}
