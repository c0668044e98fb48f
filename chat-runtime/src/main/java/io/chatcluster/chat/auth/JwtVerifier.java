package io.chatcluster.chat.auth;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.InvalidAlgorithmException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/** Verifies signed JWTs (RFC 7519): signature, algorithm, issuer, audience and lifetime. */
final class JwtVerifier implements TokenVerifier {
    private static final String SCOPE = "scope";

    private final SigningKeys keys;
    private final TokenExpectations expected;
    private final AlgorithmConstraints algorithms;
    private final Clock clock;

    JwtVerifier(SigningKeys keys, TokenExpectations expected, Clock clock) {
        this.keys = keys;
        this.expected = expected;
        this.algorithms = new AlgorithmConstraints(
                ConstraintType.PERMIT, expected.algorithms().toArray(String[]::new));
        this.clock = clock;
    }

    @Override
    public Caller verify(String token) {
        try {
            JwtClaims claims = consumer().processToClaims(token);
            return new Caller(
                    user(claims),
                    Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()),
                    scopes(claims));
        } catch (InvalidJwtException refused) {
            ChatException undecided = undecided(refused);
            throw undecided == null ? new ChatException(ErrorCode.UNAUTHENTICATED, reason(refused)) : undecided;
        } catch (MalformedClaimException malformed) {
            throw new ChatException(ErrorCode.UNAUTHENTICATED, "a claim of the token has the wrong type");
        }
    }

    private JwtConsumer consumer() {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(this::key)
                .setJwsAlgorithmConstraints(algorithms)
                .setExpectedIssuer(expected.issuer())
                .setExpectedAudience(expected.audience())
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .build();
    }

    /** The algorithm first: no token that could not be accepted makes anybody look for its key. */
    private Key key(JsonWebSignature token, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        try {
            algorithms.checkConstraint(token.getAlgorithmHeaderValue());
        } catch (InvalidAlgorithmException refused) {
            throw new UnresolvableKeyException("the algorithm is not permitted", refused);
        }
        return keys.resolver().resolveKey(token, nesting);
    }

    private UserId user(JwtClaims claims) throws MalformedClaimException {
        String user = claims.getStringClaimValue(expected.userClaim());
        if (user == null) {
            throw new ChatException(ErrorCode.UNAUTHENTICATED, "the token has no " + expected.userClaim());
        }
        try {
            return new UserId(user);
        } catch (ChatException invalid) {
            throw new ChatException(
                    ErrorCode.UNAUTHENTICATED, "the token's " + expected.userClaim() + " is not a valid user id");
        }
    }

    /** RFC 8693, 4.2: {@code scope} is a string of scopes separated by spaces; some issuers name one twice. */
    private static Set<String> scopes(JwtClaims claims) throws MalformedClaimException {
        String scope = claims.getStringClaimValue(SCOPE);
        return scope == null || scope.isBlank()
                ? Set.of()
                : Set.copyOf(Arrays.asList(scope.strip().split(" +")));
    }

    /** What the keys said instead of finding one: the library wraps it. */
    private static @Nullable ChatException undecided(Throwable refused) {
        for (Throwable cause = refused.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ChatException undecided) {
                return undecided;
            }
        }
        return null;
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
        if (refused.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
            return "the token has no exp";
        }
        if (refused.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return "the token is not valid yet";
        }
        return "the token is not a JWT signed by a key of this service";
    }
}
