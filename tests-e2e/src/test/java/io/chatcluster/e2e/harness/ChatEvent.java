package io.chatcluster.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;

/** One event of a room's log, as a client receives it; {@code clientMessageId} and {@code text} are empty where the event has none. */
public record ChatEvent(long seq, String type, String from, String clientMessageId, String text) {

    static ChatEvent of(JsonNode event) {
        return new ChatEvent(
                event.path("seq").asLong(),
                event.path("type").asText(),
                event.path("from").asText(),
                event.path("clientMessageId").asText(""),
                event.path("text").asText(""));
    }

    public boolean isMessage() {
        return type.equals("message");
    }
}
