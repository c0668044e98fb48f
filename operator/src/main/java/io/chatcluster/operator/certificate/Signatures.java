package io.chatcluster.operator.certificate;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Checks who signed a certificate, each once: by far the dearest thing in looking at one, and it stays as it was found. */
public final class Signatures {
    private static final int REMEMBERED_MAX = 10_000;

    private final Set<String> good = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED_MAX;
        }
    }));

    /** @throws GeneralSecurityException when {@code authority} did not sign {@code certificate} */
    public void verify(X509Certificate certificate, X509Certificate authority) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(certificate.getEncoded());
        digest.update(authority.getEncoded());
        var pair = HexFormat.of().formatHex(digest.digest());
        if (!good.contains(pair)) {
            certificate.verify(authority.getPublicKey());
            good.add(pair);
        }
    }
}
