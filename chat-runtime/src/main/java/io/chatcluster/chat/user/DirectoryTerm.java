package io.chatcluster.chat.user;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What a user is found by: an id or a display name, without differences of case, width and spacing.
 *
 * @param value at most {@link #LENGTH_MAX} characters
 */
record DirectoryTerm(String value) {

    private static final int LENGTH_MAX = 128;

    static DirectoryTerm of(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("\\s+", " ");
        return new DirectoryTerm(folded.substring(0, Math.min(LENGTH_MAX, folded.length())));
    }

    /** Whether there is nothing to find anybody by. */
    boolean blank() {
        return value.isEmpty();
    }

    /** All that begin with the same character are kept together. */
    String initial() {
        return value.substring(0, value.offsetByCodePoints(0, 1));
    }

    boolean begins(DirectoryTerm other) {
        return other.value.startsWith(value);
    }
}
