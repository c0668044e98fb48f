package io.chatcluster.chat.media;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** An attachment's identity: 128 random bits, so that nobody finds one by guessing. */
public record AttachmentId(String value) {

    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** @throws IllegalArgumentException when no attachment can have this id */
    public AttachmentId {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("not an attachment's id: " + value);
        }
    }

    /** Empty when no attachment can have this id. */
    static Optional<AttachmentId> parse(String value) {
        return SYNTAX.matcher(value).matches() ? Optional.of(new AttachmentId(value)) : Optional.empty();
    }

    static AttachmentId random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return new AttachmentId(ENCODER.encodeToString(bytes));
    }

    /** 63 of its bits as a number above 0, which no two attachments share that exist at a time. */
    long number() {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(value)).getLong() & Long.MAX_VALUE | 1;
    }

    @Override
    public String toString() {
        return value;
    }
}
