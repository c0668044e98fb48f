package io.chatcluster.chat.auth;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jose4j.http.Get;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** What an OpenID Connect issuer says of itself (OpenID Connect Discovery 1.0, 4). */
record IssuerMetadata(Optional<String> jwksUri, Optional<String> tokenEndpoint) {
    private static final String PATH = "/.well-known/openid-configuration";

    /** @throws IOException when it does not answer, or what answers is another issuer */
    static IssuerMetadata read(Get http, String issuer) throws IOException, JoseException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        Map<String, Object> metadata = JsonUtil.parseJson(http.get(base + PATH).getBody());
        if (!issuer.equals(metadata.get("issuer"))) {
            throw new IOException("its metadata names another issuer");
        }
        return new IssuerMetadata(text(metadata, "jwks_uri"), text(metadata, "token_endpoint"));
    }

    private static Optional<String> text(Map<String, Object> metadata, String name) {
        return metadata.get(name) instanceof String value ? Optional.of(value) : Optional.empty();
    }
}
