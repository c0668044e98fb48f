package io.chatcluster.e2e.harness;

import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Brings a chat to this device as {@code kubectl port-forward} does, by way of the API server. It can be cut: then open connections
 * end and new ones are refused, which is what a browser sees when a pod is lost.
 */
public final class PortForward implements AutoCloseable {
    private static final int CHAT = 8080;
    private static final int ANY = 0;

    private final String namespace;
    private final String service;
    private final int port;
    private @Nullable LocalPortForward open;

    private PortForward(String namespace, String service) {
        this.namespace = namespace;
        this.service = service;
        var first = forward(ANY);
        this.open = first;
        this.port = first.getLocalPort();
    }

    /** To a pod of the ChatCluster {@code name}. */
    public static PortForward to(String namespace, String name) {
        return new PortForward(namespace, name + "-chat");
    }

    /** Of this device, which a browser trusts as it does TLS. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    public void cut() {
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            open = null;
        }
    }

    /** Opens it again, to a pod that is there now. */
    public void restore() {
        cut();
        open = forward(port);
    }

    private LocalPortForward forward(int localPort) {
        return TestChat.client()
                .services()
                .inNamespace(namespace)
                .withName(service)
                .portForward(CHAT, InetAddress.getLoopbackAddress(), localPort);
    }

    @Override
    public void close() {
        cut();
    }
}
