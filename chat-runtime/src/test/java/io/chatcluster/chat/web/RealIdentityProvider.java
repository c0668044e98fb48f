package io.chatcluster.chat.web;

import io.chatcluster.chat.services.KeycloakServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets people sign in on the page at a Keycloak of our own. */
public class RealIdentityProvider implements QuarkusTestResourceLifecycleManager {
    private static final String REALM = "page";

    private @Nullable KeycloakServer keycloak;

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Map<String, String> start() {
        KeycloakServer started = new KeycloakServer(REALM);
        keycloak = started;
        return Map.of(
                "chat.auth.issuer",
                started.issuer(REALM),
                "chat.auth.jwks-file",
                "",
                "chat.auth.user-claim",
                "preferred_username",
                "chat.auth.web-client-id",
                "chat-web");
    }

    @Override
    public void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
    }
}
