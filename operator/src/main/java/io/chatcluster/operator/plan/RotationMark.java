package io.chatcluster.operator.plan;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kept in a Secret, so that an operator that was killed goes on where it was.
 *
 * @param request hash of the request that was carried out last, or is being carried out; empty where there was none
 * @param since when the last step was taken
 */
record RotationMark(String request, Instant since) {
    static final String KEY = "rotation";

    private static final String NONE = "-";

    /** The mark of a Secret; absent where it has none, or one that somebody has spoilt. */
    static @Nullable RotationMark of(Map<String, String> data) {
        var text = SecretData.text(data, KEY);
        var parts = text == null ? new String[0] : text.strip().split(" ", -1);
        if (parts.length != 2) {
            return null;
        }
        try {
            return new RotationMark(parts[0].equals(NONE) ? "" : parts[0], Instant.parse(parts[1]));
        } catch (DateTimeParseException spoilt) {
            return null;
        }
    }

    Map<String, String> data() {
        return Map.of(KEY, (request.isEmpty() ? NONE : request) + " " + since);
    }
}
