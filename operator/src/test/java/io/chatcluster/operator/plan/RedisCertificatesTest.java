package io.chatcluster.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.certificate.Signatures;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** At every moment the servers have a certificate that every pod trusts. */
class RedisCertificatesTest {
    private static final List<String> HOSTS = List.of("demo-redis-0.shop.svc", "demo-redis-1.shop.svc");
    private static final SeededRandom RANDOM = new SeededRandom();

    private static Map<String, String> step(@Nullable Map<String, String> found, Instant now, List<String> hosts) {
        return new RedisCertificates(now, RANDOM, new Signatures()).step(found, hosts);
    }

    private static List<X509Certificate> certificates(Map<String, String> data, String key)
            throws GeneralSecurityException {
        var pem = Base64.getDecoder().decode(data.get(key));
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /** Checks the server's certificate as a pod does that has read these authorities. */
    private static void verify(Map<String, String> server, Map<String, String> trusted, Instant now)
            throws GeneralSecurityException {
        var anchors = certificates(trusted, "ca.crt").stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        var parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(certificates(server, "tls.crt"));
        assertThat(CertPathValidator.getInstance("PKIX").validate(path, parameters))
                .isNotNull();
    }

    @Test
    void shouldMakeACertificateForEveryServerThatItsAuthoritySigned() throws GeneralSecurityException {
        // When
        var made = step(null, Plans.NOW, HOSTS);

        // Then
        verify(made, made, Plans.NOW);
        assertThat(certificates(made, "tls.crt").getFirst().getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactlyInAnyOrderElementsOf(HOSTS);
        assertThat(step(made, Plans.NOW.plus(Duration.ofDays(59)), HOSTS)).isEqualTo(made);
    }

    @Test
    void shouldRenewTheCertificateAMonthBeforeItEndsUnderTheSameAuthority() throws GeneralSecurityException {
        // Given
        var made = step(null, Plans.NOW, HOSTS);
        var later = Plans.NOW.plus(Duration.ofDays(61));

        // When
        var renewed = step(made, later, HOSTS);

        // Then
        assertThat(renewed.get("tls.crt")).isNotEqualTo(made.get("tls.crt"));
        assertThat(renewed.get("ca.crt")).isEqualTo(made.get("ca.crt"));
        verify(renewed, made, later);
    }

    @Test
    void shouldNameAServerThatIsAddedAndKeepTheNameOfOneThatGoes() throws GeneralSecurityException {
        // Given
        var made = step(null, Plans.NOW, HOSTS.subList(0, 1));

        // When
        var added = step(made, Plans.NOW, HOSTS);

        // Then
        verify(added, made, Plans.NOW);
        assertThat(step(added, Plans.NOW, HOSTS.subList(0, 1))).isEqualTo(added);
    }

    @Test
    void shouldReplaceTheAuthorityWithoutAMomentOfMistrust() throws GeneralSecurityException {
        // Given
        var before = step(null, Plans.NOW, HOSTS);
        var now = Plans.NOW;
        verify(before, before, now);

        // When
        for (int day = 0; day < 3_700; day++) {
            now = now.plus(Duration.ofDays(1));
            var after = step(before, now, HOSTS);
            // Then
            if (after.equals(before)) {
                // It was verified as it is: since then only the time can have gone against it.
                certificates(after, "tls.crt").getFirst().checkValidity(Date.from(now));
            } else {
                verify(after, before, now);
                verify(before, after, now);
            }
            before = after;
        }
        var authorities = certificates(before, "ca.crt");

        // Then
        assertThat(authorities)
                .singleElement()
                .satisfies(authority -> assertThat(authority.getNotBefore()).isAfter(Date.from(Plans.NOW)));
        assertThat(before).doesNotContainKey("next-ca.key");
    }

    @Test
    void shouldMakeAnewWhatSomebodySpoilt() throws GeneralSecurityException {
        // Given
        var spoilt = new HashMap<>(step(null, Plans.NOW, HOSTS));
        spoilt.put("tls.crt", "bm9uZQ==");

        // When
        var made = step(spoilt, Plans.NOW, HOSTS);

        // Then
        verify(made, made, Plans.NOW);
    }
}
