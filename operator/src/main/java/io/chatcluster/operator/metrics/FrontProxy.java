package io.chatcluster.operator.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.operator.certificate.Pem;
import io.vertx.core.MultiMap;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * By what to know the API server when it hands on a request, and how it says whose request that is. Nobody else gets through
 * the TLS handshake.
 *
 * @param authorities signers of the API server's client certificate
 * @param names common names that the certificate may have; empty where any will do
 */
record FrontProxy(
        List<X509Certificate> authorities, List<String> names, List<String> userHeaders, List<String> groupHeaders) {
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

    /** Who asks, by the API server's word. */
    record Caller(String user, List<String> groups) {}

    /**
     * Reads the ConfigMap in which every API server with aggregation says this.
     *
     * @throws GeneralSecurityException if it says too little
     */
    static FrontProxy of(Map<String, String> settings, ObjectMapper json) throws GeneralSecurityException {
        var authority = settings.get("requestheader-client-ca-file");
        if (authority == null) {
            throw new GeneralSecurityException(
                    "the API server hands on no requests: it runs without --requestheader-client-ca-file");
        }
        try {
            return new FrontProxy(
                    Pem.certificates(authority),
                    list(settings, "requestheader-allowed-names", json),
                    list(settings, "requestheader-username-headers", json),
                    list(settings, "requestheader-group-headers", json));
        } catch (JsonProcessingException e) {
            throw new GeneralSecurityException("a list in extension-apiserver-authentication cannot be read", e);
        }
    }

    private static List<String> list(Map<String, String> settings, String key, ObjectMapper json)
            throws JsonProcessingException {
        return json.readValue(Objects.requireNonNullElse(settings.get(key), "[]"), LIST);
    }

    /** Absent where the request says of nobody that it is theirs. */
    @Nullable
    Caller caller(MultiMap headers) {
        var user = userHeaders.stream()
                .map(headers::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return user == null
                ? null
                : new Caller(
                        user,
                        groupHeaders.stream()
                                .flatMap(header -> headers.getAll(header).stream())
                                .toList());
    }

    /** Refuses everybody but the API server. */
    void check(X509Certificate[] chain, String authType) throws CertificateException {
        trustManager().checkClientTrusted(chain, authType);
        if (!names.isEmpty() && !names.contains(commonName(chain[0]))) {
            throw new CertificateException("%s is not the API server".formatted(chain[0].getSubjectX500Principal()));
        }
    }

    private X509TrustManager trustManager() throws CertificateException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int index = 0; index < authorities.size(); index++) {
                store.setCertificateEntry("authority-" + index, authorities.get(index));
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new CertificateException("the API server's authorities cannot be used", e);
        }
    }

    private static @Nullable String commonName(X509Certificate certificate) throws CertificateException {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> part.getValue().toString())
                            .findFirst()
                            .orElse(null);
        } catch (InvalidNameException e) {
            throw new CertificateException(e);
        }
    }
}
