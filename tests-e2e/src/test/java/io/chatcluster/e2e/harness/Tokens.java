package io.chatcluster.e2e.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Properties;

/** Signs tokens as an application's back end does, with the private key of a ChatCluster's signing-key Secret (RFC 7515, ES256). */
final class Tokens {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final PrivateKey key;
    private final String keyId;
    private final String issuer;

    private Tokens(String privateKeyPem, String keyId, String issuer) {
        this.key = parse(privateKeyPem);
        this.keyId = keyId;
        this.issuer = issuer;
    }

    /** Reads the key off a signing-key Secret and the issuer off the chat pods' settings. */
    static Tokens of(Secret signingKey, ConfigMap settings) {
        return new Tokens(text(signingKey, "private.pem"), keyId(text(signingKey, "jwks.json")), issuer(settings));
    }

    private static String issuer(ConfigMap settings) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(settings.getData().get("application.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("chat.auth.issuer");
    }

    private static String keyId(String jwks) {
        try {
            return Wire.JSON.readTree(jwks).path("keys").path(0).path("kid").asText();
        } catch (JsonProcessingException e) {
            throw new AssertionError("jwks.json is not JSON", e);
        }
    }

    private static String text(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }

    String mint(String user) {
        return mint(user, Instant.now().plus(LIFETIME));
    }

    String mint(String user, Instant expiry) {
        var header = Wire.JSON
                .createObjectNode()
                .put("alg", "ES256")
                .put("typ", "JWT")
                .put("kid", keyId);
        var claims = Wire.JSON
                .createObjectNode()
                .put("iss", issuer)
                .put("aud", "chat")
                .put("sub", user)
                .put("iat", Instant.now().getEpochSecond())
                .put("exp", expiry.getEpochSecond());
        var signed = encode(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + encode(claims.toString().getBytes(StandardCharsets.UTF_8));
        return signed + "." + encode(sign(signed));
    }

    private byte[] sign(String text) {
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with the cluster's key", e);
        }
    }

    private static PrivateKey parse(String pem) {
        var body = pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("private.pem is not a PKCS#8 EC key", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
