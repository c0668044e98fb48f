package io.chatcluster.chat.delivery;

import io.chatcluster.chat.message.StoredEvent;
import io.chatcluster.chat.room.RoomId;
import java.util.ArrayList;
import java.util.List;

/** Encodes the push of a room's events: {@code {"push":{"room":…,"events":[…]}}}. */
final class Push {

    /** Characters after which a long run of missed events goes on in the next push. */
    private static final int LENGTH_MAX = 128 * 1024;

    private Push() {}

    /** One push that holds them all. */
    static String encode(RoomId room, List<StoredEvent> events) {
        int length = 64 + room.value().length();
        for (StoredEvent event : events) {
            length += event.body().length() + 48;
        }
        StringBuilder json = new StringBuilder(length)
                .append("{\"push\":{\"room\":\"")
                .append(room.value())
                .append("\",\"events\":[");
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            events.get(i).appendTo(json);
        }
        return json.append("]}}").toString();
    }

    /** Pushes of moderate length that hold them all, in order. */
    static List<String> encodeInParts(RoomId room, List<StoredEvent> events) {
        List<String> pushes = new ArrayList<>();
        int from = 0;
        int length = 0;
        for (int i = 0; i < events.size(); i++) {
            length += events.get(i).body().length();
            if (length > LENGTH_MAX || i == events.size() - 1) {
                pushes.add(encode(room, events.subList(from, i + 1)));
                from = i + 1;
                length = 0;
            }
        }
        return pushes;
    }
}
