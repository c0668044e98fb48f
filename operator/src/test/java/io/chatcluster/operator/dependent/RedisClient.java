package io.chatcluster.operator.dependent;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A connection to a Redis server by TLS, which trusts one authority. */
final class RedisClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final SSLSocket socket;
    private final BufferedReader answers;

    RedisClient(int port, byte[] authorityPem) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(authorityPem)));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The first line of the answer. */
    String ask(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        return String.valueOf(answers.readLine());
    }

    /** Leaves out lines of the last answer. */
    void skip(int lines) throws IOException {
        for (int line = 0; line < lines; line++) {
            answers.readLine();
        }
    }

    /** Whether the server has closed the connection. */
    boolean ended() throws IOException {
        return answers.readLine() == null;
    }

    /** The names in the server's certificate. */
    List<String> serverNames() throws IOException, GeneralSecurityException {
        var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
