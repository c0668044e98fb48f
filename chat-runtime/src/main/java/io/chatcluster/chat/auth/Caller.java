package io.chatcluster.chat.auth;

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
}
