package io.chatcluster.chat.session;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.protocol.ErrorCode;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which HTTP requests become WebSockets: those that offer the subprotocol, and of browsers only pages of the service's
 * own origin or an allowed one (RFC 6455, 10.2), since a browser attaches no other proof of where a page came from.
 */
@ApplicationScoped
class HandshakeCheck implements HttpUpgradeCheck {
    static final String SUBPROTOCOL = "chat.v1.json";
    private static final String ANY_ORIGIN = "*";

    private final Sessions sessions;
    private final List<String> allowedOrigins;

    @Inject
    HandshakeCheck(Sessions sessions, ChatConfig config) {
        this.sessions = sessions;
        this.allowedOrigins = config.allowedOrigins().orElse(List.of());
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        HttpServerRequest request = context.httpRequest();
        if (sessions.draining()) {
            return CheckResult.rejectUpgrade(ErrorCode.UNAVAILABLE.httpStatus());
        }
        if (!offersSubprotocol(request)) {
            return CheckResult.rejectUpgrade(ErrorCode.INVALID.httpStatus());
        }
        if (!originAllowed(request.getHeader(HttpHeaders.ORIGIN), request.authority())) {
            return CheckResult.rejectUpgrade(ErrorCode.FORBIDDEN.httpStatus());
        }
        return CheckResult.permitUpgrade();
    }

    private static boolean offersSubprotocol(HttpServerRequest request) {
        return request.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .anyMatch(offered -> offered.strip().equals(SUBPROTOCOL));
    }

    private boolean originAllowed(@Nullable String origin, @Nullable HostAndPort authority) {
        return origin == null
                || allowedOrigins.contains(ANY_ORIGIN)
                || allowedOrigins.contains(origin)
                || isOwn(origin, authority);
    }

    /** Compares host and port only: behind a proxy that ends TLS the service does not know its own scheme. */
    private static boolean isOwn(String origin, @Nullable HostAndPort authority) {
        try {
            URI page = URI.create(origin);
            return authority != null
                    && authority.host().equalsIgnoreCase(page.getHost())
                    && (page.getPort() < 0
                            ? authority.port() < 0 || isDefault(authority.port())
                            : page.getPort() == authority.port());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isDefault(int port) {
        return port == 80 || port == 443;
    }
}
