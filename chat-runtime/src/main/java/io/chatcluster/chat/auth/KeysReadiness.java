package io.chatcluster.chat.auth;

import io.chatcluster.chat.protocol.ChatException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Ready once there are keys to check tokens with. It stays so when the issuer goes away later, since the keys are kept: taking
 * all pods out of service then would only cut off those who are signed in.
 */
@Readiness
@ApplicationScoped
public class KeysReadiness implements HealthCheck {
    private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

    private final SigningKeys keys;
    private volatile boolean seen;
    private volatile @Nullable String problem;
    private @Nullable Thread watcher;

    @Inject
    public KeysReadiness(SigningKeys keys) {
        this.keys = keys;
    }

    void start(@Observes StartupEvent event) {
        watcher = Thread.ofVirtual().name("keys-readiness").start(this::watch);
    }

    void stop(@Observes ShutdownEvent event) {
        if (watcher != null) {
            watcher.interrupt();
        }
    }

    private void watch() {
        try {
            while (!loaded()) {
                Thread.sleep(RETRY_PERIOD);
            }
            seen = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean loaded() {
        try {
            keys.load();
            return true;
        } catch (ChatException none) {
            problem = none.detail();
            return false;
        }
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("token keys").status(seen).withData("source", keys.source());
        String said = problem;
        return seen || said == null
                ? response.build()
                : response.withData("problem", said).build();
    }
}
