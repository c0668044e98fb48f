package io.chatcluster.chat.protocol;

/**
 * Why the service closes a WebSocket. Codes 4000–4499 mean: reconnect (with backoff) and resume; 4500–4999 mean: do not
 * reconnect with the same token and parameters. The range 4000–4999 is RFC 6455's range for private use (7.4.2).
 */
public enum CloseCode {
    /** The pod shuts down or hands this connection over to another; a {@code reconnect} push said when to come back. */
    DRAINING(4000, "draining"),
    /** The client did not read fast enough and its queue of pushes is full. */
    SLOW_CONSUMER(4001, "slow consumer"),
    /** The client sent faster than the service takes frames in from one connection. */
    TOO_FAST(4002, "too many frames"),
    /** A frame was over the size limit. */
    FRAME_TOO_LARGE(4003, "frame too large"),
    /** The service has a fault or cannot reach what it needs. */
    UNAVAILABLE(4004, "unavailable"),
    /** The client answered no ping and sent nothing else for two ping intervals. */
    PING_TIMEOUT(4005, "no answer to pings"),
    /** No {@code connect} command came in time. */
    CONNECT_TIMEOUT(4006, "no connect in time"),
    /** The token's lifetime is over; reconnect with a fresh one. */
    TOKEN_EXPIRED(4007, "token expired"),
    /** The token was refused. */
    UNAUTHENTICATED(4500, "unauthenticated"),
    /** The first command was not a valid {@code connect}. */
    CONNECT_EXPECTED(4501, "connect expected"),
    /** The user has too many connections. */
    TOO_MANY_CONNECTIONS(4502, "too many connections"),
    /** The client does not speak the protocol, such as one that sends binary frames. */
    PROTOCOL_ERROR(4503, "protocol error");

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** The WebSocket status code. */
    public int code() {
        return code;
    }

    /** The reason sent in the close frame, at most 123 bytes. */
    public String reason() {
        return reason;
    }

    /** Whether the client should reconnect. */
    public boolean reconnect() {
        return code < 4500;
    }
}
