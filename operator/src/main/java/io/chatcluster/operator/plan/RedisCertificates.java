package io.chatcluster.operator.plan;

import io.chatcluster.operator.certificate.CertificateSigner;
import io.chatcluster.operator.certificate.KeyedCertificate;
import io.chatcluster.operator.certificate.Pem;
import io.chatcluster.operator.certificate.Signatures;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the authority of a Redis tier and the certificate of its servers fresh. An authority that is to follow is trusted a
 * day before it signs, which is long after every pod has it.
 */
final class RedisCertificates {
    /** For chat pods: the authorities to trust, the one that signs first. */
    static final String AUTHORITIES = "ca.crt";

    static final String AUTHORITY_KEY = "ca.key";
    static final String NEXT_AUTHORITY_KEY = "next-ca.key";

    /** For the servers. */
    static final String CERTIFICATE = "tls.crt";

    static final String KEY = "tls.key";

    private static final String AUTHORITY_NAME = "ChatCluster Redis";
    static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);
    static final Duration LIFETIME = Duration.ofDays(90);
    private static final Duration AUTHORITY_RENEWAL = Duration.ofDays(365);
    private static final Duration RENEWAL = Duration.ofDays(30);
    private static final Duration TRUSTED_BEFORE_USE = Duration.ofDays(1);

    private final Signatures signatures;
    private final CertificateSigner signer;
    private final Instant now;

    RedisCertificates(Instant now, SecureRandom random, Signatures signatures) {
        this.signatures = signatures;
        this.signer = new CertificateSigner(now, random);
        this.now = now;
    }

    /** What is there, or what has to take its place; what cannot be read is made anew. */
    Map<String, String> step(@Nullable Map<String, String> found, List<String> hosts) {
        try {
            if (found == null) {
                return first(hosts);
            }
            var present = read(found);
            return present == null ? first(hosts) : renew(found, present, hosts);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificates of Redis servers cannot be renewed", e);
        }
    }

    private record Present(List<X509Certificate> authorities, PrivateKey authorityKey, X509Certificate server) {
        X509Certificate signing() {
            return authorities.getFirst();
        }

        @Override
        public String toString() {
            return "certificates of Redis servers";
        }
    }

    private Map<String, String> first(List<String> hosts) {
        var authority = signer.authority(AUTHORITY_NAME, AUTHORITY_LIFETIME);
        var texts = new TreeMap<>(server(authority, hosts));
        texts.put(AUTHORITIES, authority.certificatePem());
        texts.put(AUTHORITY_KEY, authority.keyPem());
        return SecretData.encode(texts);
    }

    private Map<String, String> renew(Map<String, String> found, Present present, List<String> hosts)
            throws GeneralSecurityException {
        var next = SecretData.text(found, NEXT_AUTHORITY_KEY);
        if (next != null && present.authorities().size() > 1) {
            var following = present.authorities().getLast();
            if (now.isAfter(following.getNotBefore().toInstant().plus(TRUSTED_BEFORE_USE))) {
                var authority = new KeyedCertificate(following, Pem.privateKey(next));
                var texts = new TreeMap<>(server(authority, hosts));
                texts.put(AUTHORITIES, authority.certificatePem() + Pem.of(present.signing()));
                texts.put(AUTHORITY_KEY, next);
                var data = SecretData.with(found, texts);
                data.remove(NEXT_AUTHORITY_KEY);
                return data;
            }
        }
        var texts = new TreeMap<String, String>();
        if (next == null && ending(present.signing(), AUTHORITY_RENEWAL)) {
            var authority = signer.authority(AUTHORITY_NAME, AUTHORITY_LIFETIME);
            texts.put(AUTHORITIES, Pem.of(present.signing()) + authority.certificatePem());
            texts.put(NEXT_AUTHORITY_KEY, authority.keyPem());
        } else if (present.authorities().stream().anyMatch(this::ended)) {
            texts.put(
                    AUTHORITIES,
                    present.authorities().stream()
                            .filter(authority -> !ended(authority))
                            .map(Pem::of)
                            .collect(Collectors.joining()));
        }
        if (ending(present.server(), RENEWAL) || !names(present.server()).containsAll(hosts)) {
            texts.putAll(server(new KeyedCertificate(present.signing(), present.authorityKey()), hosts));
        }
        return SecretData.with(found, texts);
    }

    private Map<String, String> server(KeyedCertificate authority, List<String> hosts) {
        var issued = signer.server(authority, "redis", hosts, LIFETIME);
        return Map.of(CERTIFICATE, issued.certificatePem(), KEY, issued.keyPem());
    }

    private boolean ending(X509Certificate certificate, Duration before) {
        return now.isAfter(certificate.getNotAfter().toInstant().minus(before));
    }

    private boolean ended(X509Certificate certificate) {
        return now.isAfter(certificate.getNotAfter().toInstant());
    }

    /** Absent where it cannot be read, does not belong together, or has run out. */
    private @Nullable Present read(Map<String, String> data) {
        try {
            var authorities = certificates(data, AUTHORITIES);
            var server = certificates(data, CERTIFICATE);
            var key = SecretData.text(data, AUTHORITY_KEY);
            if (authorities.isEmpty() || server.isEmpty() || key == null || SecretData.text(data, KEY) == null) {
                return null;
            }
            signatures.verify(server.getFirst(), authorities.getFirst());
            return ended(authorities.getFirst())
                    ? null
                    : new Present(authorities, Pem.privateKey(key), server.getFirst());
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return null;
        }
    }

    private static List<X509Certificate> certificates(Map<String, String> data, String key)
            throws GeneralSecurityException {
        var text = SecretData.text(data, key);
        return text == null ? List.of() : Pem.certificates(text);
    }

    private static Set<String> names(X509Certificate certificate) throws GeneralSecurityException {
        var names = new HashSet<String>();
        for (var name : Stream.ofNullable(certificate.getSubjectAlternativeNames())
                .flatMap(all -> all.stream())
                .toList()) {
            names.add(String.valueOf(name.get(1)));
        }
        return names;
    }
}
