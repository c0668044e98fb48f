package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;

/** A user as the identity provider names them: 1 to 128 printable ASCII characters without spaces. */
public record UserId(String value) implements Comparable<UserId> {

    public static final int LENGTH_MAX = 128;

    /** @throws ChatException {@code invalid} when the value is not a user id */
    public UserId {
        if (!Identifiers.printable(value, LENGTH_MAX)) {
            throw new ChatException(
                    ErrorCode.INVALID, "user: must be 1 to 128 printable ASCII characters without spaces");
        }
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
