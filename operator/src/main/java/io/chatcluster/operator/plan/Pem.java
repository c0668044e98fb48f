package io.chatcluster.operator.plan;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text encoding of keys and certificates (RFC 7468). */
final class Pem {
    private Pem() {}

    static String of(String label, byte[] content) {
        var body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
