package io.chatcluster.chat.auth;

import io.chatcluster.chat.operations.ChatConfig;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * Verifies tokens that the application's back end signed with the cluster's own key: JWTs (RFC 7519) with ES256 and nothing
 * else, against the public keys of a mounted JWKS file (RFC 7517) that may change while the pod runs.
 */
@ApplicationScoped
public class JwksFileTokenVerifier implements TokenVerifier {
    private final JwksFile keys;
    private final String issuer;
    private final String audience;
    private final Clock clock;

    @Inject
    public JwksFileTokenVerifier(ChatConfig config) {
        this(
                new JwksFile(config.auth().jwksFile()),
                config.auth().issuer(),
                config.auth().audience(),
                Clock.systemUTC());
    }

    JwksFileTokenVerifier(JwksFile keys, String issuer, String audience, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    @Override
    public Caller verify(String token) {
        try {
            JwtClaims claims = consumer().processToClaims(token);
            return new Caller(
                    new UserId(claims.getSubject()),
                    Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()),
                    scopes(claims));
        } catch (InvalidJwtException refused) {
            throw new ChatException(ErrorCode.UNAUTHENTICATED, reason(refused));
        } catch (MalformedClaimException malformed) {
            throw new ChatException(ErrorCode.UNAUTHENTICATED, "a claim of the token has the wrong type");
        } catch (ChatException invalidSubject) {
            if (invalidSubject.code() == ErrorCode.INVALID) {
                throw new ChatException(ErrorCode.UNAUTHENTICATED, "the token's sub is not a valid user id");
            }
            throw invalidSubject;
        }
    }

    private JwtConsumer consumer() {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(keys.resolver())
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .setRequireSubject()
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .build();
    }

    /** RFC 8693, 4.2: {@code scope} is a string of scopes separated by spaces. */
    private static Set<String> scopes(JwtClaims claims) throws MalformedClaimException {
        String scope = claims.getStringClaimValue("scope");
        return scope == null || scope.isBlank()
                ? Set.of()
                : Set.of(scope.strip().split(" +"));
    }

    private static String reason(InvalidJwtException refused) {
        if (refused.hasExpired()) {
            return "the token has expired";
        }
        if (refused.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || refused.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "the token's aud is not the one of this service";
        }
        if (refused.hasErrorCode(ErrorCodes.ISSUER_INVALID) || refused.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "the token's iss is not the one of this service";
        }
        if (refused.hasErrorCode(ErrorCodes.SUBJECT_MISSING)) {
            return "the token has no sub";
        }
        if (refused.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
            return "the token has no exp";
        }
        if (refused.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return "the token is not valid yet";
        }
        return "the token is not a JWT signed by a key of this service";
    }
}
