package io.chatcluster.operator.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
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
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs certificates. Bouncy Castle builds them, for the JDK only reads them; keys and signatures are the JDK's own, so that no
 * security provider has to be installed.
 */
public final class CertificateSigner {
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final int SERIAL_BITS = 127;

    private final Instant now;
    private final SecureRandom random;

    public CertificateSigner(Instant now, SecureRandom random) {
        this.now = now;
        this.random = random;
    }

    /** What a certificate says besides whose it is. */
    private interface Extensions {
        void addTo(X509v3CertificateBuilder builder) throws CertIOException;
    }

    /** A certificate that signs others. Each has a name of its own, for two may be trusted at once. */
    public KeyedCertificate authority(String commonName, Duration lifetime) {
        var pair = P256.keyPair(random);
        var serial = serial();
        var name = new X500NameBuilder()
                .addRDN(BCStyle.CN, commonName)
                .addRDN(BCStyle.SERIALNUMBER, HexFormat.of().formatHex(serial.toByteArray()))
                .build();
        return issue(
                builder(name, serial, lifetime, name, pair),
                pair,
                pair.getPrivate(),
                builder -> builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
    }

    /** A certificate of the servers under these names. */
    public KeyedCertificate server(
            KeyedCertificate authority, String commonName, List<String> hosts, Duration lifetime) {
        var pair = P256.keyPair(random);
        var issuer = X500Name.getInstance(
                authority.certificate().getSubjectX500Principal().getEncoded());
        return issue(builder(issuer, serial(), lifetime, named(commonName), pair), pair, authority.key(), builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            addUse(builder, KeyPurposeId.id_kp_serverAuth, hosts);
        });
    }

    /** A certificate that vouches for itself: who is to trust it is given the certificate. */
    public KeyedCertificate selfSigned(String commonName, List<String> hosts, KeyPurposeId purpose, Duration lifetime) {
        var pair = P256.keyPair(random);
        var name = named(commonName);
        return issue(
                builder(name, serial(), lifetime, name, pair),
                pair,
                pair.getPrivate(),
                builder -> addUse(builder, purpose, hosts));
    }

    private static X500Name named(String commonName) {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }

    private static void addUse(X509v3CertificateBuilder builder, KeyPurposeId purpose, List<String> hosts)
            throws CertIOException {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        if (!hosts.isEmpty()) {
            var names = hosts.stream()
                    .map(host -> new GeneralName(GeneralName.dNSName, host))
                    .toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
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

    private KeyedCertificate issue(
            X509v3CertificateBuilder builder, KeyPair pair, PrivateKey by, Extensions extensions) {
        try {
            extensions.addTo(builder);
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .setSecureRandom(random)
                    .build(by);
            return new KeyedCertificate(
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer)), pair.getPrivate());
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("this Java cannot make certificates", e);
        }
    }

    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random);
    }
}
