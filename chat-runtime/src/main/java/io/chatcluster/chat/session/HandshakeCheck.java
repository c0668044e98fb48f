package io.chatcluster.chat.session;

import io.chatcluster.chat.auth.AllowedOrigins;
import io.chatcluster.chat.protocol.ErrorCode;
import io.netty.channel.Channel;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Decides which HTTP requests become WebSockets: those that offer the subprotocol, and of browsers only pages of the service's
 * own origin or an allowed one (RFC 6455, 10.2), since a browser attaches no other proof of where a page came from.
 */
@ApplicationScoped
class HandshakeCheck implements HttpUpgradeCheck {
    static final String SUBPROTOCOL = "chat.v1.json";
    /** In seconds; clients come back after a random part of it, so that they are spread. */
    private static final int RETRY_AFTER_MAX = 5;

    /** The channel under a request, which becomes the channel of its WebSocket. */
    static final TypedKey<Channel> CHANNEL = new TypedKey<>("channel");

    /** The headers of a request that becomes a WebSocket. */
    static final TypedKey<MultiMap> HEADERS = new TypedKey<>("headers");

    private final Admission admission;
    private final AllowedOrigins origins;
    private final SessionConfig config;

    @Inject
    HandshakeCheck(Admission admission, AllowedOrigins origins, SessionConfig config) {
        this.admission = admission;
        this.origins = origins;
        this.config = config;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        HttpServerRequest request = context.httpRequest();
        if (!offersSubprotocol(request)) {
            return CheckResult.rejectUpgrade(ErrorCode.INVALID.httpStatus());
        }
        if (!originAllowed(request.getHeader(HttpHeaders.ORIGIN), request.authority())) {
            return CheckResult.rejectUpgrade(ErrorCode.FORBIDDEN.httpStatus());
        }
        return switch (admission.admit()) {
            case ADMITTED -> {
                MessageCutter.install(request.connection(), config.messageBytesMax() + 1L);
                context.userData().put(CHANNEL, ((ConnectionBase) request.connection()).channel());
                context.userData().put(HEADERS, request.headers());
                yield CheckResult.permitUpgrade();
            }
            case TOO_FAST, TOO_MANY_UNAUTHENTICATED, FULL, DRAINING ->
                CheckResult.rejectUpgrade(ErrorCode.UNAVAILABLE.httpStatus(), retryAfter());
        };
    }

    private static boolean offersSubprotocol(HttpServerRequest request) {
        return request.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .anyMatch(offered -> offered.strip().equals(SUBPROTOCOL));
    }

    private boolean originAllowed(@Nullable String origin, @Nullable HostAndPort authority) {
        return origin == null || origins.allow(origin) || isOwn(origin, authority);
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

    private static Map<String, List<String>> retryAfter() {
        int seconds = ThreadLocalRandom.current().nextInt(1, RETRY_AFTER_MAX + 1);
        return Map.of(HttpHeaders.RETRY_AFTER.toString(), List.of(Integer.toString(seconds)));
    }

    private static boolean isDefault(int port) {
        return port == 80 || port == 443;
    }
}
