package io.chatcluster.operator.plan;

import io.chatcluster.operator.certificate.P256;
import io.chatcluster.operator.certificate.Pem;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;

/** Makes the keys with which an application's back end signs its users' tokens (ES256, RFC 7518). */
final class SigningKeys {
    private static final int COORDINATE_BYTES = 32;

    private SigningKeys() {}

    /**
     * A key.
     *
     * @param privatePem PKCS#8 in PEM
     * @param publicJwk a JSON Web Key
     */
    record SigningKey(String privatePem, String publicJwk, String id) {}

    static SigningKey generate(SecureRandom random) {
        try {
            var pair = P256.keyPair(random);
            var point = ((ECPublicKey) pair.getPublic()).getW();
            var x = coordinate(point.getAffineX());
            var y = coordinate(point.getAffineY());
            // The key id is the thumbprint of RFC 7638: members in this order, without spaces.
            var required = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(x, y);
            var thumbprint = MessageDigest.getInstance("SHA-256").digest(required.getBytes(StandardCharsets.UTF_8));
            var id = Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint);
            var jwk =
                    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
                            .formatted(id, x, y);
            return new SigningKey(Pem.of(pair.getPrivate()), jwk, id);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make P-256 keys", e);
        }
    }

    private static String coordinate(BigInteger value) {
        var bytes = value.toByteArray();
        var fixed = new byte[COORDINATE_BYTES];
        var length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }
}
