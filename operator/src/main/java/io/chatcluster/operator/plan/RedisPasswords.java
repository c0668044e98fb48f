package io.chatcluster.operator.plan;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** Makes the password of a Redis tier, and the server configuration that holds it. */
final class RedisPasswords {
    static final String PASSWORD = "password";
    static final String CONFIGURATION = "redis.conf";

    private static final int BYTES = 32;

    private RedisPasswords() {}

    /** A new password as the content of a Secret. */
    static Map<String, String> generate(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var password = HexFormat.of().formatHex(bytes);
        return Map.of(PASSWORD, base64(password), CONFIGURATION, base64(configuration(password)));
    }

    private static String configuration(String password) {
        return """
                bind * -::*
                port 6379
                dir /tmp
                save ""
                appendonly no
                client-output-buffer-limit pubsub 32mb 8mb 60
                requirepass %s
                """.formatted(password);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
