package io.chatcluster.chat.web;

import io.chatcluster.chat.services.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The line between a browser and the service, which can be cut: open connections are reset and new ones refused, which is what
 * a browser sees when a pod is lost.
 */
final class Line implements AutoCloseable {
    private final URI service;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket server;
    private @Nullable Thread acceptor;

    Line(URI service) {
        this.service = service;
        this.port = FreePort.find();
        restore();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Once it returns, nothing listens on the port, and no connection is left that was being made meanwhile. */
    void cut() throws InterruptedException {
        ServerSocket listening = server;
        Thread accepting = acceptor;
        if (listening != null && accepting != null) {
            close(listening);
            // The JDK frees the port when the thread that waits there has left it.
            accepting.join();
        }
        sockets.forEach(Line::reset);
        sockets.clear();
    }

    void restore() {
        accept(listen(port));
    }

    @Override
    public void close() throws InterruptedException {
        cut();
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening) {
        server = listening;
        acceptor = Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try {
                    connect(listening.accept());
                } catch (IOException cutOrRefused) {
                    // A client whose connection the service refuses comes again.
                }
            }
        });
    }

    private void connect(Socket browser) throws IOException {
        sockets.add(browser);
        Socket pod = new Socket(service.getHost(), service.getPort());
        sockets.add(pod);
        Thread.ofVirtual().start(() -> copy(browser, pod));
        Thread.ofVirtual().start(() -> copy(pod, browser));
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // The other direction ends as well, by the sockets being closed.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyClosed) {
            // Nothing is left to cut.
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
