package io.chatcluster.chat.web;

import com.sun.net.httpserver.HttpExchange;
import io.chatcluster.chat.services.JsonServer;
import io.chatcluster.chat.session.GeneratedKeys;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** An OpenID provider where everybody is let in at once as the same user; it checks the proof key (RFC 7636) of each code. */
final class IdentityProvider implements AutoCloseable {
    private final JsonServer server = new JsonServer();
    private final String user;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    IdentityProvider(String user) {
        this.user = user;
        server.on(
                "/.well-known/openid-configuration",
                exchange -> JsonServer.answer(
                        exchange,
                        200,
                        "{\"authorization_endpoint\":\"%s/authorize\",\"token_endpoint\":\"%s/token\"}"
                                .formatted(issuer(), issuer())));
        server.on("/authorize", this::authorize).on("/token", this::token);
    }

    URI issuer() {
        return server.address();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, query);
        exchange.getResponseHeaders()
                .set("Location", query.get("redirect_uri") + "?code=" + code + "&state=" + query.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        boolean proven = asked != null
                && challenge(form.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))
                && "S256".equals(asked.get("code_challenge_method"));
        JsonServer.answer(
                exchange,
                proven ? 200 : 400,
                proven
                        ? "{\"access_token\":\"" + GeneratedKeys.ISSUER.token(user) + "\"}"
                        : "{\"error\":\"invalid_grant\"}");
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.close();
    }
}
