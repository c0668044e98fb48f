package io.chatcluster.chat.auth;

import io.chatcluster.chat.operations.ChatConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.http.Get;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Where the web page gets its users' tokens from: the issuer's metadata says so, and it may be another origin than the
 * issuer's own. It is asked for in the background, until it is known and every now and then after.
 */
@ApplicationScoped
public class TokenEndpoint {
    private static final Logger LOG = Logger.getLogger(TokenEndpoint.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int BODY_BYTES_MAX = 512 * 1024;

    private final ChatConfig.Auth auth;
    private final Get http = new Get();
    private volatile Optional<URI> known = Optional.empty();
    private volatile @Nullable Thread asking;

    @Inject
    public TokenEndpoint(ChatConfig config) {
        this.auth = config.auth();
        http.setConnectTimeout((int) TIMEOUT.toMillis());
        http.setReadTimeout((int) TIMEOUT.toMillis());
        http.setResponseBodySizeLimit(BODY_BYTES_MAX);
        http.setRetries(0);
    }

    /** Empty while it is not known, and where nobody signs in at an issuer on the page. */
    public Optional<URI> known() {
        return known;
    }

    void begin(@Observes StartupEvent start) {
        if (auth.jwksFile().isEmpty() && auth.webClientId().isPresent()) {
            asking = Thread.ofVirtual().name("token-endpoint").start(this::keepAsking);
        }
    }

    boolean asks() {
        return asking != null;
    }

    @PreDestroy
    void end() {
        Thread running = asking;
        if (running != null) {
            running.interrupt();
        }
    }

    private void keepAsking() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(ask() ? KEPT : RETRY_AFTER);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ask() {
        try {
            known = IssuerMetadata.read(http, auth.issuer()).tokenEndpoint().map(URI::create);
            return true;
        } catch (IOException | JoseException | IllegalArgumentException problem) {
            LOG.debugf("the metadata of chat.auth.issuer %s cannot be read: %s", auth.issuer(), problem.getMessage());
            return false;
        }
    }
}
