package io.chatcluster.operator.metrics;

import io.chatcluster.operator.certificate.CertificateSigner;
import io.chatcluster.operator.certificate.KeyedCertificate;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of the metrics API and what the API server is to trust.
 *
 * @param current what is served with
 * @param trusted in PEM: the current certificate and the one before it
 */
record ServingCertificate(KeyedCertificate current, String trusted) {
    static final Duration LIFETIME = Duration.ofDays(365);

    /** Long enough for an operator that is down for weeks. */
    static final Duration RENEWAL = Duration.ofDays(120);

    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";
    static final String TRUSTED = "ca.crt";

    /** What the Secret holds, or what is to be put into it: what ends soon, cannot be read or has another name is replaced. */
    static ServingCertificate of(@Nullable Map<String, String> data, String host, Instant now) {
        var found = data == null ? null : read(data);
        if (found == null) {
            return first(host, now);
        }
        var end = found.current().certificate().getNotAfter().toInstant();
        if (now.isAfter(end.minus(RENEWAL)) || !isFor(found.current(), host)) {
            var next = first(host, now);
            return now.isAfter(end)
                    ? next
                    : new ServingCertificate(
                            next.current(), next.trusted() + found.current().certificatePem());
        }
        return found;
    }

    private static ServingCertificate first(String host, Instant now) {
        var made = new CertificateSigner(now, new SecureRandom())
                .selfSigned("chatcluster-operator", List.of(host), KeyPurposeId.id_kp_serverAuth, LIFETIME);
        return new ServingCertificate(made, made.certificatePem());
    }

    private static boolean isFor(KeyedCertificate served, String host) {
        try {
            var names = served.certificate().getSubjectAlternativeNames();
            return names != null && names.stream().anyMatch(name -> host.equals(name.get(1)));
        } catch (GeneralSecurityException unreadable) {
            return false;
        }
    }

    private static @Nullable ServingCertificate read(Map<String, String> data) {
        var certificate = text(data, CERTIFICATE);
        var key = text(data, KEY);
        var trusted = text(data, TRUSTED);
        if (certificate == null || key == null || trusted == null || !trusted.contains(certificate)) {
            return null;
        }
        try {
            return new ServingCertificate(KeyedCertificate.read(certificate, key), trusted);
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return null;
        }
    }

    private static @Nullable String text(Map<String, String> data, String key) {
        var value = data.get(key);
        return value == null ? null : new String(Base64.getMimeDecoder().decode(value), StandardCharsets.US_ASCII);
    }

    /** Content of the Secret. */
    Map<String, String> data() {
        var data = new TreeMap<String, String>();
        data.put(CERTIFICATE, encode(current.certificatePem()));
        data.put(KEY, encode(current.keyPem()));
        data.put(TRUSTED, encode(trusted));
        return data;
    }

    /** What the API server is to trust, as an APIService carries it. */
    String bundle() {
        return encode(trusted);
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "ServingCertificate of " + current;
    }
}
