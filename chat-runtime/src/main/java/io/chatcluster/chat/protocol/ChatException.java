package io.chatcluster.chat.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A command or request that failed with a code the client may see. Its message is shown to the client: nothing secret in it. */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Duration retryAfter;

    public ChatException(ErrorCode code, String message) {
        this(code, message, null, null);
    }

    public ChatException(ErrorCode code, String message, @Nullable Duration retryAfter) {
        this(code, message, retryAfter, null);
    }

    public ChatException(ErrorCode code, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public ErrorCode code() {
        return code;
    }

    /** How long to wait before a retry, or null when nothing better than the client's own backoff is known. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What the client is told. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
