package io.chatcluster.chat.message;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How events look to one who gets them late: messages show what was made of them since, and an edit of a message that was
 * deleted later shows no text. The changes are events themselves and stay: no sequence is left out.
 */
public final class ShownEvents {

    private ShownEvents() {}

    /** Consecutive events, with the changes that are among them: all there are, when they reach the room's end. */
    public static List<StoredEvent> among(List<StoredEvent> events) {
        Map<Long, MessageState> states = new HashMap<>();
        for (StoredEvent event : events) {
            MessageChange.of(event).ifPresent(change -> {
                MessageState before = states.getOrDefault(change.target(), MessageState.unchanged(change.target()));
                states.put(change.target(), before.with(change));
            });
        }
        return with(states, events);
    }

    /** Events with the states of the messages they are, or are about. */
    static List<StoredEvent> with(Map<Long, MessageState> states, List<StoredEvent> events) {
        return states.isEmpty()
                ? events
                : events.stream().map(event -> shown(event, states)).toList();
    }

    private static StoredEvent shown(StoredEvent event, Map<Long, MessageState> states) {
        if (EventBody.isEdit(event.body())) {
            return MessageChange.of(event)
                    .map(change -> states.get(change.target()))
                    .filter(state -> state.deleted() > 0)
                    .map(deleted -> new StoredEvent(event.seq(), event.time(), EventJson.without(event.body(), "text")))
                    .orElse(event);
        }
        MessageState state = EventBody.isMessage(event.body()) ? states.get(event.seq()) : null;
        return state == null ? event : state.show(event);
    }
}
