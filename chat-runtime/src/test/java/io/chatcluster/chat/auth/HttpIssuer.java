package io.chatcluster.chat.auth;

import com.sun.net.httpserver.HttpExchange;
import io.chatcluster.chat.services.JsonServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwt.JwtClaims;

/** A small OpenID Connect issuer: metadata and keys over HTTP, which can be away. */
final class HttpIssuer implements AutoCloseable {
    static final String TOKEN_ENDPOINT = "https://tokens.example/oauth2/token";

    private final JsonServer server = new JsonServer();
    private final AtomicInteger keyRequests = new AtomicInteger();
    private final AtomicInteger metadataRequests = new AtomicInteger();
    private volatile List<TokenIssuer> keys = List.of();
    private volatile String claimedIssuer = "";
    private volatile boolean away;

    HttpIssuer(TokenIssuer... keys) {
        this.keys = List.of(keys);
        server.on("/.well-known/openid-configuration", exchange -> {
            metadataRequests.incrementAndGet();
            answer(
                    exchange,
                    "{\"issuer\":\"" + (claimedIssuer.isEmpty() ? address() : claimedIssuer) + "\",\"jwks_uri\":\""
                            + address() + "/keys\",\"token_endpoint\":\"" + TOKEN_ENDPOINT + "\"}");
        });
        server.on("/keys", exchange -> {
            keyRequests.incrementAndGet();
            answer(exchange, TokenIssuer.keySet(this.keys));
        });
    }

    String address() {
        return server.address().toString();
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
        JsonServer.answer(exchange, away ? 503 : 200, away ? "{}" : body);
    }

    @Override
    public void close() {
        server.close();
    }
}
