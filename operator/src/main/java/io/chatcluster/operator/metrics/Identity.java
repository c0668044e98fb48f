package io.chatcluster.operator.metrics;

import io.chatcluster.operator.certificate.KeyedCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Both sides of the TLS handshake, as they are now: certificates and authorities change while the server runs. */
final class Identity extends X509ExtendedKeyManager {
    private static final String ALIAS = "serving";

    private volatile @Nullable KeyedCertificate served;
    private volatile @Nullable FrontProxy proxy;

    void serve(KeyedCertificate certificate) {
        served = certificate;
    }

    void trust(FrontProxy frontProxy) {
        proxy = frontProxy;
    }

    @Nullable
    FrontProxy proxy() {
        return proxy;
    }

    X509TrustManager callers() {
        return new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
                var current = proxy;
                if (current == null) {
                    throw new CertificateException("the API server is not known yet");
                }
                current.check(chain, authType);
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
                throw new CertificateException("this is a server");
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                var current = proxy;
                return current == null
                        ? new X509Certificate[0]
                        : current.authorities().toArray(X509Certificate[]::new);
            }
        };
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ALIAS;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {Objects.requireNonNull(served).certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return Objects.requireNonNull(served).key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
