package io.chatcluster.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;

/** A command that the server answered with {@code error}. */
public final class Refused extends RuntimeException {
    private static final long DEFAULT_RETRY_MILLIS = 250;

    private final transient JsonNode error;

    Refused(JsonNode error) {
        super(error.toString());
        this.error = error;
    }

    public String code() {
        return error.path("code").asText();
    }

    public boolean retryable() {
        return error.path("retryable").asBoolean();
    }

    long retryAfterMillis() {
        return error.path("retryAfterMs").asLong(DEFAULT_RETRY_MILLIS);
    }
}
