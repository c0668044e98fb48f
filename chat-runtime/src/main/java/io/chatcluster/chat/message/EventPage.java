package io.chatcluster.chat.message;

import java.util.List;

/**
 * A slice of a room's history.
 *
 * @param events ascending by sequence
 * @param more whether there is more in the direction that was asked for
 */
public record EventPage(List<StoredEvent> events, boolean more) {

    public EventPage {
        events = List.copyOf(events);
    }
}
