package io.chatcluster.chat.auth;

import static io.chatcluster.chat.services.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JwtVerifierTest {
    @TempDir
    Path directory;

    private final TokenIssuer issuer = new TokenIssuer("key-1");
    private Path jwks = Path.of("unset");
    private TokenVerifier verifier = verifier(jwks);

    @BeforeEach
    void publishKeys() {
        jwks = directory.resolve("jwks.json");
        issuer.publish(jwks);
        verifier = verifier(jwks);
    }

    @Test
    void shouldAcceptATokenOfTheIssuer() {
        // Given
        JwtClaims claims = issuer.claims("alice");
        claims.setStringClaim("scope", "openid chat:admin");

        // When
        Caller caller = verifier.verify(issuer.sign(claims));

        // Then
        assertThat(caller.user()).isEqualTo(new UserId("alice"));
        assertThat(caller.scopes()).containsExactlyInAnyOrder("openid", Caller.ADMIN_SCOPE);
        assertThat(caller.expiresAt()).isAfter(Clock.systemUTC().instant());
    }

    @Test
    void shouldAcceptATokenThatNamesAScopeTwice() {
        // Given
        JwtClaims claims = issuer.claims("alice");
        claims.setStringClaim("scope", "openid chat:admin openid");

        // When
        Caller caller = verifier.verify(issuer.sign(claims));

        // Then
        assertThat(caller.scopes()).containsExactlyInAnyOrder("openid", Caller.ADMIN_SCOPE);
    }

    @Test
    void shouldAllowAMinuteOfClockDifferenceAndNotMore() {
        // Then
        assertThat(verifier.verify(issuer.tokenExpiringIn("alice", -50)).user()).isEqualTo(new UserId("alice"));
        assertRefused(issuer.tokenExpiringIn("alice", -70), "expired");
    }

    @Test
    void shouldRefuseForeignClaimsAndSayWhich() {
        // Given
        JwtClaims foreignIssuer = issuer.claims("alice");
        foreignIssuer.setIssuer("https://example.org");
        JwtClaims foreignAudience = issuer.claims("alice");
        foreignAudience.setAudience("mail");
        JwtClaims withoutExpiry = issuer.claims("alice");
        withoutExpiry.unsetClaim("exp");
        JwtClaims withoutSubject = issuer.claims("alice");
        withoutSubject.unsetClaim("sub");
        JwtClaims notYet = issuer.claims("alice");
        notYet.setNotBeforeMinutesInThePast(-5);

        // Then
        assertRefused(issuer.sign(foreignIssuer), "iss");
        assertRefused(issuer.sign(foreignAudience), "aud");
        assertRefused(issuer.sign(withoutExpiry), "exp");
        assertRefused(issuer.sign(withoutSubject), "sub");
        assertRefused(issuer.sign(notYet), "not valid yet");
        assertRefused(issuer.token("has space"), "user id");
    }

    @Test
    void shouldRefuseOtherKeysAndAlgorithms() {
        // Then
        assertRefused(new TokenIssuer("key-1").token("alice"), "signed");
        assertRefused(new TokenIssuer("key-2").token("alice"), "signed");
        assertRefused(issuer.unsigned(issuer.claims("alice")), "signed");
        assertRefused(issuer.signedWithThePublicKey(issuer.claims("alice")), "signed");
        assertRefused("nonsense", "signed");
        assertRefused("", "signed");
    }

    @Test
    void shouldFollowTheFileWhenItsKeysAreReplaced() {
        // Given
        assertThat(verifier.verify(issuer.token("alice")).user()).isEqualTo(new UserId("alice"));
        TokenIssuer next = new TokenIssuer("key-2");

        // When
        next.publish(jwks);

        // Then
        await().ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(verifier.verify(next.token("bob")).user()).isEqualTo(new UserId("bob")));
        assertRefused(issuer.token("alice"), "signed");
    }

    @Test
    void shouldAcceptBothKeysWhileARotationOverlaps() {
        // Given
        TokenIssuer next = new TokenIssuer("key-2");
        verifier.verify(issuer.token("alice"));

        // When
        issuer.publishWith(next, jwks);

        // Then
        await().ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(verifier.verify(next.token("bob")).user()).isEqualTo(new UserId("bob")));
        assertThat(verifier.verify(issuer.token("alice")).user()).isEqualTo(new UserId("alice"));
    }

    @Test
    void shouldTellTheKeysOfTheFileAndNoneWithoutOne() throws IOException {
        // Given
        TokenIssuer next = new TokenIssuer("next");
        issuer.publishWith(next, jwks);

        // Then
        assertThat(new JwksFile(jwks).ids()).contains("next").hasSize(2);
        Files.delete(jwks);
        assertThat(new JwksFile(jwks).ids()).isEmpty();
    }

    @Test
    void shouldForbidWhatTheScopesDoNotAllow() {
        // Given
        JwtClaims admin = issuer.claims("backend");
        admin.setStringClaim("scope", "chat:admin");
        Caller backend = verifier.verify(issuer.sign(admin));
        Caller user = verifier.verify(issuer.token("alice"));

        // Then
        backend.requireScope(Caller.ADMIN_SCOPE);
        assertThatThrownBy(() -> user.requireScope(Caller.ADMIN_SCOPE))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.FORBIDDEN));
    }

    @Test
    void shouldKeepTheKeysWhileTheFileCannotBeRead() throws IOException {
        // Given
        verifier.verify(issuer.token("alice"));

        // When
        Files.writeString(jwks, "{");

        // Then
        await().during(java.time.Duration.ofMillis(1_500))
                .untilAsserted(
                        () -> assertThat(verifier.verify(issuer.token("alice")).user())
                                .isEqualTo(new UserId("alice")));
    }

    @Test
    void shouldBeUnavailableWithoutAnyKeys() throws IOException {
        // Given
        Files.delete(jwks);

        // Then
        assertThatThrownBy(() -> verifier.verify(issuer.token("alice")))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    private void assertRefused(String token, String because) {
        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOfSatisfying(ChatException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(refusal.detail()).contains(because);
            if (!token.isEmpty()) {
                assertThat(refusal.detail()).doesNotContain(token);
            }
        });
    }

    private static TokenVerifier verifier(Path file) {
        return new JwtVerifier(
                new JwksFile(file),
                new TokenExpectations(TokenIssuer.ISSUER, TokenIssuer.AUDIENCE, "sub", List.of("ES256")),
                Clock.systemUTC());
    }
}
