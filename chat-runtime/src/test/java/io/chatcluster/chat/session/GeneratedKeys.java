package io.chatcluster.chat.session;

import io.chatcluster.chat.auth.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Makes the application's back end known to the service under test, and short times of waiting. */
public class GeneratedKeys implements QuarkusTestResourceLifecycleManager {

    /** Signs the tokens that the service under test accepts. */
    public static final TokenIssuer ISSUER = new TokenIssuer("key-1");

    @Override
    public Map<String, String> start() {
        try {
            Path jwks = Files.createTempFile("jwks", ".json");
            jwks.toFile().deleteOnExit();
            ISSUER.publish(jwks);
            return Map.of(
                    "chat.auth.issuer",
                    TokenIssuer.ISSUER,
                    "chat.auth.audience",
                    TokenIssuer.AUDIENCE,
                    "chat.auth.jwks-file",
                    jwks.toString(),
                    "chat.session.connect-timeout",
                    "10s",
                    "chat.limits.connections-per-user",
                    "3",
                    "chat.limits.messages-per-second",
                    "400");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The file goes with the JVM.
    }
}
