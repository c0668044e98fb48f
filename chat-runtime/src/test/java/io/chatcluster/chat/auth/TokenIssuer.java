package io.chatcluster.chat.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** An application's back end: owns a signing key and makes tokens with it. */
public final class TokenIssuer {
    public static final String ISSUER = "https://chatcluster.io/ns/demo";
    public static final String AUDIENCE = "chat";

    private final EllipticCurveJsonWebKey key;

    public TokenIssuer(String keyId) {
        try {
            key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
        key.setKeyId(keyId);
    }

    /** The public key as a JWKS file. */
    public void publish(Path file) {
        try {
            Files.writeString(file, new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A token that is valid for 10 minutes. */
    public String token(String user) {
        return sign(claims(user));
    }

    JwtClaims claims(String user) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(user);
        claims.setExpirationTimeMinutesInTheFuture(10);
        return claims;
    }

    /** A token of an application's back end. */
    public String adminToken(String user) {
        JwtClaims claims = claims(user);
        claims.setStringClaim("scope", "openid chat:admin");
        return sign(claims);
    }

    /** A token that lives until {@code seconds} from now, which may be negative. */
    public String tokenExpiringIn(String user, long seconds) {
        JwtClaims claims = claims(user);
        NumericDate expiry = NumericDate.now();
        expiry.addSeconds(seconds);
        claims.setExpirationTime(expiry);
        return sign(claims);
    }

    String sign(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        return compact(signature);
    }

    /** A token that claims to need no signature (RFC 7515, appendix A.5). */
    String unsigned(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        signature.setPayload(claims.toJson());
        return compact(signature);
    }

    /** A token signed symmetrically with the public key's text, as a confused verifier would accept it. */
    String signedWithThePublicKey(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(new org.jose4j.keys.HmacKey(
                key.toJson(OutputControlLevel.PUBLIC_ONLY).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        signature.setPayload(claims.toJson());
        return compact(signature);
    }

    private static String compact(JsonWebSignature signature) {
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
