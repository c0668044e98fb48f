package io.chatcluster.operator.plan;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/** Makes the keys with which an application's back end signs its users' tokens (ES256, RFC 7518). */
final class SigningKeys {
    static final String PRIVATE_KEY = "private.pem";
    static final String PUBLIC_KEYS = "jwks.json";

    private static final int COORDINATE_BYTES = 32;

    private SigningKeys() {}

    /** A new key as the content of a Secret: the PKCS#8 private key in PEM, and the public key set. */
    static Map<String, String> generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            var pair = generator.generateKeyPair();
            return Map.of(PRIVATE_KEY, base64(pem(pair)), PUBLIC_KEYS, base64(jwks(pair)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make P-256 keys", e);
        }
    }

    private static String pem(KeyPair pair) {
        var body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(pair.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
    }

    private static String jwks(KeyPair pair) throws GeneralSecurityException {
        var point = ((ECPublicKey) pair.getPublic()).getW();
        var x = coordinate(point.getAffineX());
        var y = coordinate(point.getAffineY());
        // The key id is the thumbprint of RFC 7638: members in this order, without spaces.
        var required = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(x, y);
        var thumbprint = MessageDigest.getInstance("SHA-256").digest(required.getBytes(StandardCharsets.UTF_8));
        var kid = Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint);
        return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}]}"
                .formatted(kid, x, y);
    }

    private static String coordinate(BigInteger value) {
        var bytes = value.toByteArray();
        var fixed = new byte[COORDINATE_BYTES];
        var length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
