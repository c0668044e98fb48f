package io.chatcluster.chat.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * The {@code id} a client gave a command, echoed in the reply as it came: a string stays a string, an integer keeps its digits.
 *
 * @param json the id as JSON text, ready to be spliced into a reply
 */
public record RequestId(String json) {
    /** The most characters an id may have. */
    public static final int LENGTH_MAX = 128;

    static RequestId ofString(String value) {
        return new RequestId('"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"');
    }

    static RequestId ofDigits(String digits) {
        return new RequestId(digits);
    }
}
