package io.chatcluster.chat.auth;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The verified caller of the HTTP request at hand. */
@RequestScoped
public class CurrentCaller {
    private @Nullable Caller caller;

    void set(Caller verified) {
        this.caller = verified;
    }

    /**
     * Who sent the request.
     *
     * @throws ChatException {@code unauthenticated} when the request was not authenticated
     */
    public Caller get() {
        if (caller == null) {
            throw new ChatException(ErrorCode.UNAUTHENTICATED, "the request has no verified caller");
        }
        return caller;
    }

    public UserId user() {
        return get().user();
    }

    /**
     * In whose name the request is made: the caller, or, for an application's back end, whom it names.
     *
     * @throws ChatException {@code forbidden} when somebody else is named without the scope {@link Caller#ADMIN_SCOPE}
     */
    public UserId actingFor(@Nullable String user) {
        Caller caller = get();
        if (user == null || user.equals(caller.user().value())) {
            return caller.user();
        }
        if (!backEnd()) {
            throw new ChatException(
                    ErrorCode.FORBIDDEN, "acting for another user needs the scope " + Caller.ADMIN_SCOPE);
        }
        return new UserId(user);
    }

    /** Whether the caller is an application's back end. */
    public boolean backEnd() {
        return get().scopes().contains(Caller.ADMIN_SCOPE);
    }
}
