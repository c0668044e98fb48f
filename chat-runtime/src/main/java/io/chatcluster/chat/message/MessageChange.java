package io.chatcluster.chat.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.chatcluster.chat.room.UserId;
import java.util.Optional;

/** An event that changes how the message at {@link #target} is shown. */
sealed interface MessageChange {

    /** The change's own sequence. */
    long seq();

    long target();

    /**
     * The author said something else instead.
     *
     * @param time epoch milliseconds
     */
    record Edited(long seq, long time, long target, String text) implements MessageChange {}

    record Deleted(long seq, long target) implements MessageChange {}

    record Reacted(long seq, long target, UserId user, String emoji, boolean remove) implements MessageChange {}

    /** Empty for an event that changes no message. */
    static Optional<MessageChange> of(StoredEvent event) {
        if (!EventBody.isChange(event.body())) {
            return Optional.empty();
        }
        JsonNode json = EventJson.read(event.body());
        long target = json.path("target").asLong();
        return Optional.of(
                switch (json.path("type").asText()) {
                    case "edit" ->
                        new Edited(
                                event.seq(),
                                event.time(),
                                target,
                                json.path("text").asText());
                    case "delete" -> new Deleted(event.seq(), target);
                    default ->
                        new Reacted(
                                event.seq(),
                                target,
                                new UserId(json.path("from").asText()),
                                json.path("emoji").asText(),
                                json.path("remove").asBoolean());
                });
    }
}
