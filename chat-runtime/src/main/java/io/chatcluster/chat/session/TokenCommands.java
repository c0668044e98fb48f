package io.chatcluster.chat.session;

import io.chatcluster.chat.auth.Caller;
import io.chatcluster.chat.auth.TokenVerifier;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ClientFrame;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.protocol.ServerFrame;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Answers the command about the session's own token: refresh. */
@ApplicationScoped
class TokenCommands {
    private final TokenVerifier tokens;

    @Inject
    TokenCommands(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    /** A token that is refused leaves the session as it was, to go on until the former token's end. */
    ServerFrame.Reply refresh(Session session, UserId user, ClientFrame.Refresh refresh) {
        Caller caller = tokens.verify(refresh.token());
        if (!caller.user().equals(user)) {
            throw new ChatException(ErrorCode.FORBIDDEN, "the token is another user's: use another connection");
        }
        session.extend(caller.expiresAt().plusSeconds(TokenVerifier.LEEWAY_SECONDS));
        return new ServerFrame.Refreshed(refresh.id(), caller.expiresAt().toEpochMilli());
    }
}
