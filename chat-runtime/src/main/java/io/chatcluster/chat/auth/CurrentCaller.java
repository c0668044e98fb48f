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
}
