package io.chatcluster.chat.auth;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import java.time.Instant;
import java.util.Set;

/**
 * A user whose token was verified.
 *
 * @param expiresAt the end of the token's lifetime
 * @param scopes what the token allows beyond being the user, such as {@link #ADMIN_SCOPE}
 */
public record Caller(UserId user, Instant expiresAt, Set<String> scopes) {

    /** The scope of an application's back end. */
    public static final String ADMIN_SCOPE = "chat:admin";

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** @throws ChatException {@code forbidden} when the token does not allow it */
    public void requireScope(String scope) {
        if (!scopes.contains(scope)) {
            throw new ChatException(ErrorCode.FORBIDDEN, "the token lacks the scope " + scope);
        }
    }
}
