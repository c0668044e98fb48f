package io.chatcluster.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.certificate.Pem;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The certificate of the metrics API over the years. */
class ServingCertificateTest {
    private static final String HOST = "metrics.operators.svc";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static ServingCertificate made() {
        return ServingCertificate.of(null, HOST, START);
    }

    @Test
    void shouldKeepACertificateThatLastsLongEnough() {
        // Given
        var data = made().data();

        // When
        var later = ServingCertificate.of(data, HOST, START.plus(Duration.ofDays(240)));

        // Then
        assertThat(later.data()).isEqualTo(data);
    }

    @Test
    void shouldRenewLongBeforeTheEndAndTrustBoth() throws Exception {
        // Given
        var first = made();

        // When
        var later = ServingCertificate.of(first.data(), HOST, START.plus(Duration.ofDays(246)));

        // Then
        assertThat(later.current().certificate()).isNotEqualTo(first.current().certificate());
        assertThat(Pem.certificates(later.trusted()))
                .containsExactly(later.current().certificate(), first.current().certificate());
    }

    @Test
    void shouldTrustNoCertificateThatHasRunOut() throws Exception {
        // Given
        var first = made();

        // When
        var later = ServingCertificate.of(first.data(), HOST, START.plus(Duration.ofDays(400)));

        // Then
        assertThat(Pem.certificates(later.trusted()))
                .containsExactly(later.current().certificate());
    }

    @Test
    void shouldReplaceACertificateOfAnotherName() {
        // Given
        var other = ServingCertificate.of(null, "metrics.elsewhere.svc", START);

        // When
        var now = ServingCertificate.of(other.data(), HOST, START);

        // Then
        assertThat(now.current().certificate()).isNotEqualTo(other.current().certificate());
    }

    @Test
    void shouldReplaceWhatCannotBeRead() {
        // Given
        var damaged = new TreeMap<>(made().data());
        damaged.put(ServingCertificate.KEY, "bm9uc2Vuc2U=");

        // When
        var now = ServingCertificate.of(damaged, HOST, START);

        // Then
        assertThat(ServingCertificate.of(now.data(), HOST, START).data())
                .isEqualTo(now.data())
                .isNotEqualTo(damaged);
    }
}
