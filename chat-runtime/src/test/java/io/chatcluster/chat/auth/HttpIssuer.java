package io.chatcluster.chat.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwt.JwtClaims;

/** A small OpenID Connect issuer: metadata and keys over HTTP, which can be away. */
final class HttpIssuer implements AutoCloseable {
    static final String TOKEN_ENDPOINT = "https://tokens.example/oauth2/token";

    private final HttpServer server;
    private final AtomicInteger keyRequests = new AtomicInteger();
    private final AtomicInteger metadataRequests = new AtomicInteger();
    private volatile List<TokenIssuer> keys = List.of();
    private volatile String claimedIssuer = "";
    private volatile boolean away;

    HttpIssuer(TokenIssuer... keys) {
        this.keys = List.of(keys);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> {
            metadataRequests.incrementAndGet();
            answer(
                    exchange,
                    "{\"issuer\":\"" + (claimedIssuer.isEmpty() ? address() : claimedIssuer) + "\",\"jwks_uri\":\""
                            + address() + "/keys\",\"token_endpoint\":\"" + TOKEN_ENDPOINT + "\"}");
        });
        server.createContext("/keys", exchange -> {
            keyRequests.incrementAndGet();
            answer(exchange, TokenIssuer.keySet(this.keys));
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void rotateTo(TokenIssuer... next) {
        keys = List.of(next);
    }

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    void claimToBe(String issuer) {
        claimedIssuer = issuer;
    }

    int metadataRequests() {
        return metadataRequests.get();
    }

    int keyRequests() {
        return keyRequests.get();
    }

    /** A token of this issuer, signed by the key. */
    String token(TokenIssuer key, String user) {
        JwtClaims claims = key.claims(user);
        claims.setIssuer(address());
        return key.sign(claims);
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            if (away) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
