package io.chatcluster.chat.room;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** A room's identity: 1 to 128 printable ASCII characters without spaces; ids that begin with {@code ~} belong to the system. */
public record RoomId(String value) {

    public static final int LENGTH_MAX = 128;
    /** The last character there is in ids: reserved ones come after all others. */
    public static final String RESERVED_PREFIX = "~";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** @throws ChatException {@code invalid} when the value is not a room id */
    public RoomId {
        if (!Identifiers.printable(value, LENGTH_MAX)) {
            throw new ChatException(
                    ErrorCode.INVALID, "room: must be 1 to 128 printable ASCII characters without spaces");
        }
    }

    /** The one direct room of two users, whichever of them asks. */
    public static RoomId direct(UserId one, UserId other) {
        boolean inOrder = one.compareTo(other) <= 0;
        // A space cannot occur in a user id, so no two pairs share this text.
        String pair = inOrder ? one.value() + " " + other.value() : other.value() + " " + one.value();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(pair.getBytes(StandardCharsets.US_ASCII));
            return new RoomId("d-" + ENCODER.encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A fresh group room's id: 128 random bits. */
    public static RoomId group() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return new RoomId("g-" + ENCODER.encodeToString(bytes));
    }

    /** Whether the id belongs to the system: no user is ever a member. */
    public boolean reserved() {
        return value.startsWith(RESERVED_PREFIX);
    }

    @Override
    public String toString() {
        return value;
    }
}
