package io.chatcluster.chat.message;

/**
 * A committed event.
 *
 * @param time epoch milliseconds
 * @param body the event's JSON object after its leading {@code seq} and {@code time}: {@code "type":"message",…}}
 */
public record StoredEvent(long seq, long time, String body) {

    /** The whole event as one JSON object. */
    public String json() {
        StringBuilder json = new StringBuilder(body.length() + 48);
        appendTo(json);
        return json.toString();
    }

    /** Appends {@link #json()}. */
    public void appendTo(StringBuilder json) {
        json.append("{\"seq\":")
                .append(seq)
                .append(",\"time\":")
                .append(time)
                .append(',')
                .append(body);
    }
}
