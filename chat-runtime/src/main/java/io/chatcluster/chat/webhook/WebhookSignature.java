package io.chatcluster.chat.webhook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests so that the receiver knows who sent them, and when: HMAC-SHA256 (RFC 2104) over the timestamp, a full stop and
 * the body, in lower-case hexadecimal. The secret is read for each signature, so that a rotation needs no restart.
 */
record WebhookSignature(Path secretFile) {
    private static final String ALGORITHM = "HmacSHA256";

    /** @throws IOException when the secret cannot be read or is empty */
    String of(long timestampSeconds, byte[] body) throws IOException {
        byte[] secret = Files.readString(secretFile).strip().getBytes(StandardCharsets.UTF_8);
        if (secret.length == 0) {
            throw new IOException("chat.webhook.secret-file: " + secretFile + " is empty");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update((timestampSeconds + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
