package io.chatcluster.chat.auth;

import static io.chatcluster.chat.services.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class IssuerKeysTest {
    private static final List<String> ALGORITHMS = List.of("RS256", "ES256");

    private final TokenIssuer first = new TokenIssuer("key-1");
    private final TokenIssuer second = new TokenIssuer("key-2");
    private final HttpIssuer issuer = new HttpIssuer(first);
    private final TokenVerifier verifier = verifier("sub", Optional.empty());

    @AfterEach
    void stopIssuer() {
        issuer.close();
    }

    @Test
    void shouldFindTheKeysByDiscoveryAndKeepThem() {
        // When
        for (int i = 0; i < 20; i++) {
            assertThat(verifier.verify(issuer.token(first, "alice")).user()).isEqualTo(new UserId("alice"));
        }

        // Then
        assertThat(issuer.keyRequests()).isEqualTo(1);
    }

    @Test
    void shouldTakeTheKeysFromTheConfiguredAddress() {
        // Given
        issuer.claimToBe("https://elsewhere.example");
        TokenVerifier direct = verifier("sub", Optional.of(URI.create(issuer.address() + "/keys")));

        // Then
        assertThat(direct.verify(issuer.token(first, "alice")).user()).isEqualTo(new UserId("alice"));
    }

    @Test
    void shouldNotTrustMetadataThatNamesAnotherIssuer() {
        // Given
        issuer.claimToBe("https://elsewhere.example");

        // Then
        assertRefused(ErrorCode.UNAVAILABLE, () -> verifier.verify(issuer.token(first, "alice")));
        assertThat(issuer.keyRequests()).isZero();
    }

    @Test
    void shouldAcceptAKeyThatWasAddedAfterTheKeysWereRead() {
        // Given
        verifier.verify(issuer.token(first, "alice"));

        // When
        issuer.rotateTo(first, second);

        // Then
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                verifier.verify(issuer.token(second, "bob")).user())
                        .isEqualTo(new UserId("bob")));
        assertThat(verifier.verify(issuer.token(first, "alice")).user()).isEqualTo(new UserId("alice"));
    }

    @Test
    void shouldAskForKeysAtABoundedRateWhateverTokensName() {
        // Given
        long startedAt = System.nanoTime();
        TokenIssuer stranger = new TokenIssuer("unknown");

        // When
        for (int i = 0; i < 200; i++) {
            assertThatThrownBy(() -> verifier.verify(issuer.token(stranger, "alice")))
                    .isInstanceOf(ChatException.class);
        }

        // Then
        long intervals = (System.nanoTime() - startedAt) / Duration.ofSeconds(2).toNanos();
        assertThat(issuer.keyRequests()).isLessThanOrEqualTo((int) intervals + 2);
        await().untilAsserted(() ->
                assertRefused(ErrorCode.UNAUTHENTICATED, () -> verifier.verify(issuer.token(stranger, "alice"))));
    }

    @Test
    void shouldGoOnWithTheKeysItHasWhileTheIssuerIsAway() {
        // Given
        verifier.verify(issuer.token(first, "alice"));

        // When
        issuer.goAway();

        // Then
        assertRefused(ErrorCode.UNAVAILABLE, () -> verifier.verify(issuer.token(second, "bob")));
        assertThat(verifier.verify(issuer.token(first, "alice")).user()).isEqualTo(new UserId("alice"));

        // When
        issuer.rotateTo(second);
        issuer.comeBack();

        // Then
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                verifier.verify(issuer.token(second, "bob")).user())
                        .isEqualTo(new UserId("bob")));
    }

    @Test
    void shouldBeUnavailableUntilTheIssuerWasSeenOnce() {
        // Given
        issuer.goAway();

        // Then
        assertRefused(ErrorCode.UNAVAILABLE, () -> verifier.verify(issuer.token(first, "alice")));

        // When
        issuer.comeBack();

        // Then
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                verifier.verify(issuer.token(first, "alice")).user())
                        .isEqualTo(new UserId("alice")));
    }

    @Test
    void shouldTakeTheUserFromTheConfiguredClaim() {
        // Given
        JwtClaims claims = first.claims("4711");
        claims.setIssuer(issuer.address());
        claims.setStringClaim("preferred_username", "alice");
        TokenVerifier byName = verifier("preferred_username", Optional.empty());

        // Then
        assertThat(byName.verify(first.sign(claims)).user()).isEqualTo(new UserId("alice"));
        assertRefused(ErrorCode.UNAUTHENTICATED, () -> byName.verify(issuer.token(first, "4711")));
    }

    @Test
    void shouldRefuseUnsignedAndSymmetricTokensAndOtherAlgorithms() {
        // Given
        JwtClaims claims = first.claims("alice");
        claims.setIssuer(issuer.address());
        TokenVerifier rsaOnly = new JwtVerifier(
                new IssuerKeys(issuer.address(), Optional.empty()),
                new TokenExpectations(issuer.address(), TokenIssuer.AUDIENCE, "sub", List.of("RS256")),
                Clock.systemUTC());

        // Then
        assertRefused(ErrorCode.UNAUTHENTICATED, () -> verifier.verify(first.unsigned(claims)));
        assertRefused(ErrorCode.UNAUTHENTICATED, () -> verifier.verify(first.signedWithThePublicKey(claims)));
        assertRefused(ErrorCode.UNAUTHENTICATED, () -> rsaOnly.verify(first.sign(claims)));
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable verification) {
        assertThatThrownBy(verification)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private TokenVerifier verifier(String userClaim, Optional<URI> location) {
        return new JwtVerifier(
                new IssuerKeys(issuer.address(), location),
                new TokenExpectations(issuer.address(), TokenIssuer.AUDIENCE, userClaim, ALGORITHMS),
                Clock.systemUTC());
    }
}
