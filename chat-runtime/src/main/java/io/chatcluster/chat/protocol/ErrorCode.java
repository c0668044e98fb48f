package io.chatcluster.chat.protocol;

import java.util.Locale;

/** Why a command failed, the same on the WebSocket ({@code error.code}) and over HTTP (a problem's {@code code}). */
public enum ErrorCode {
    /** No token, or one that is expired, not yet valid, wrongly signed or for another service. */
    UNAUTHENTICATED(401, false),
    /** The caller may see the room, but its role lacks the permission. */
    FORBIDDEN(403, false),
    /** No such object, or one the caller may not see; the two look the same. */
    NOT_FOUND(404, false),
    /** The request contradicts the present state, such as a role change that would leave a room without an owner. */
    CONFLICT(409, false),
    /** The request is malformed or a field is out of its limits. */
    INVALID(400, false),
    /** A frame, a body, a message or a room is over its size limit. */
    TOO_LARGE(413, false),
    /** Too many requests, messages or connections; try again after {@code retryAfterMs}. */
    RATE_LIMITED(429, true),
    /** The service cannot answer for now; a send may be repeated with the same {@code clientMessageId}. */
    UNAVAILABLE(503, true),
    /** The command is not known to this version of the service. */
    UNSUPPORTED(501, false),
    /** A fault of the service itself; the details are in its log. */
    INTERNAL(500, true);

    private final int httpStatus;
    private final boolean retryable;
    private final String wireName = name().toLowerCase(Locale.ROOT);

    ErrorCode(int httpStatus, boolean retryable) {
        this.httpStatus = httpStatus;
        this.retryable = retryable;
    }

    /** The code as clients see it, such as {@code not_found}. */
    public String wireName() {
        return wireName;
    }

    /** The HTTP status (RFC 9110) of a problem with this code. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the same request may succeed later, unchanged. */
    public boolean retryable() {
        return retryable;
    }
}
