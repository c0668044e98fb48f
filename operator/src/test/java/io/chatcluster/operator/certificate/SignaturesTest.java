package io.chatcluster.operator.certificate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    private static final Duration LIFETIME = Duration.ofDays(1);

    private final Signatures signatures = new Signatures();
    private final CertificateSigner signer = new CertificateSigner(Instant.now(), new SecureRandom());
    private final KeyedCertificate authority = signer.authority("authority", LIFETIME);
    private final KeyedCertificate other = signer.authority("authority", LIFETIME);
    private final KeyedCertificate server = signer.server(authority, "server", List.of("host"), LIFETIME);

    @Test
    void shouldTakeWhatTheAuthoritySigned() {
        // Then
        assertThatCode(() -> signatures.verify(server.certificate(), authority.certificate()))
                .doesNotThrowAnyException();
        assertThatCode(() -> signatures.verify(server.certificate(), authority.certificate()))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseWhatAnotherSignedHoweverOftenItIsAsked() throws GeneralSecurityException {
        // Given
        signatures.verify(server.certificate(), authority.certificate());

        // Then
        assertThatThrownBy(() -> signatures.verify(server.certificate(), other.certificate()))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> signatures.verify(server.certificate(), other.certificate()))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
