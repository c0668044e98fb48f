package io.chatcluster.operator.plan;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs certificates. Bouncy Castle builds them, for the JDK only reads them; keys and signatures are the JDK's own, so that no
 * security provider has to be installed.
 */
final class CertificateSigner {
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final int SERIAL_BYTES = 16;

    private final Instant now;
    private final SecureRandom random;

    CertificateSigner(Instant now, SecureRandom random) {
        this.now = now;
        this.random = random;
    }

    /** A certificate with its key. */
    record Issued(X509Certificate certificate, PrivateKey key, String certificatePem, String keyPem) {
        @Override
        public String toString() {
            return certificate.getSubjectX500Principal().toString();
        }
    }

    /** A certificate that signs others. Each has a name of its own, for two may be trusted at once. */
    Issued authority(Duration lifetime) throws GeneralSecurityException, IOException, OperatorCreationException {
        var pair = SigningKeys.keyPair(random);
        var serial = serial();
        var name = new X500NameBuilder()
                .addRDN(BCStyle.CN, "ChatCluster Redis")
                .addRDN(BCStyle.SERIALNUMBER, HexFormat.of().formatHex(serial.toByteArray()))
                .build();
        var builder = builder(name, serial, lifetime, name, pair)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        return issue(builder, pair, pair.getPrivate());
    }

    /** A certificate of the servers under these names. */
    Issued server(Issued authority, List<String> hosts, Duration lifetime)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        var pair = SigningKeys.keyPair(random);
        var issuer = X500Name.getInstance(
                authority.certificate().getSubjectX500Principal().getEncoded());
        var subject = new X500NameBuilder().addRDN(BCStyle.CN, "redis").build();
        var names = hosts.stream()
                .map(host -> new GeneralName(GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        var builder = builder(issuer, serial(), lifetime, subject, pair)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        return issue(builder, pair, authority.key());
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, BigInteger serial, Duration lifetime, X500Name subject, KeyPair pair) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                serial,
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(lifetime)),
                subject,
                pair.getPublic());
    }

    private Issued issue(X509v3CertificateBuilder builder, KeyPair pair, PrivateKey by)
            throws GeneralSecurityException, OperatorCreationException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                .setSecureRandom(random)
                .build(by);
        var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        return new Issued(
                certificate,
                pair.getPrivate(),
                Pem.of("CERTIFICATE", certificate.getEncoded()),
                Pem.of("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    private BigInteger serial() {
        var bytes = new byte[SERIAL_BYTES];
        random.nextBytes(bytes);
        bytes[0] &= 0x7f;
        return new BigInteger(1, bytes);
    }
}
