package io.chatcluster.operator.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate with its key. */
public record KeyedCertificate(X509Certificate certificate, PrivateKey key) {

    /**
     * Reads one back.
     *
     * @throws GeneralSecurityException when there is none
     * @throws IllegalArgumentException when the key is not even base64
     */
    public static KeyedCertificate read(String certificatePem, String keyPem) throws GeneralSecurityException {
        var certificates = Pem.certificates(certificatePem);
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate");
        }
        return new KeyedCertificate(certificates.getFirst(), Pem.privateKey(keyPem));
    }

    public String certificatePem() {
        return Pem.of(certificate);
    }

    public String keyPem() {
        return Pem.of(key);
    }

    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().toString();
    }
}
