package io.chatcluster.chat.delivery;

import io.chatcluster.chat.message.Batch;
import io.chatcluster.chat.room.RoomId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A committed batch as it travels from pod to pod: {@code <first> <last> <time>}, then a line per event body. */
public final class Payload {

    private Payload() {}

    public static String channel(RoomId room) {
        return "room:" + room.value();
    }

    static String encode(Batch batch) {
        int length = 64;
        for (String body : batch.events()) {
            length += body.length() + 1;
        }
        StringBuilder payload = new StringBuilder(length)
                .append(batch.firstSeq())
                .append(' ')
                .append(batch.lastSeq())
                .append(' ')
                .append(batch.time());
        for (String body : batch.events()) {
            payload.append('\n').append(body);
        }
        return payload.toString();
    }

    /** The last sequence alone, at little cost; 0 when the payload is not one of ours. */
    static long lastSeq(String payload) {
        int start = payload.indexOf(' ') + 1;
        int end = payload.indexOf(' ', start);
        try {
            return start > 0 && end > 0 ? Long.parseLong(payload, start, end, 10) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The batch, under an empty batch id; null when the payload is not one of ours. */
    public static @Nullable Batch decode(RoomId room, String payload) {
        int headerEnd = payload.indexOf('\n');
        if (headerEnd < 0) {
            return null;
        }
        String[] header = payload.substring(0, headerEnd).split(" ", -1);
        List<String> events = payload.substring(headerEnd + 1).lines().toList();
        try {
            long first = Long.parseLong(header[0]);
            boolean whole = header.length == 3 && first >= 1 && Long.parseLong(header[1]) == first + events.size() - 1;
            return whole ? new Batch(room, first, "", Long.parseLong(header[2]), events) : null;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }
}
