package io.chatcluster.e2e.harness;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A line from a port of this device to a chat, byte by byte. It can be cut: then open connections end and new ones are refused,
 * which is what a browser sees when a pod is lost.
 */
public final class Line implements AutoCloseable {
    /** Below those that Linux gives to outgoing connections, one of which could take the port while the line is cut. */
    private static final int FIRST_PORT = 15_000;

    private static final int PORTS = 15_000;

    private final InetSocketAddress chat;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final int port;
    private @Nullable ServerSocket open;
    private @Nullable Thread acceptor;

    private Line(InetSocketAddress chat) {
        this.chat = chat;
        var first = listenAnywhere();
        this.open = first;
        this.port = first.getLocalPort();
    }

    public static Line to(URI chat) {
        return new Line(new InetSocketAddress(chat.getHost(), chat.getPort()));
    }

    /** Of this device, which a browser trusts as it does TLS. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    public void cut() {
        if (open != null) {
            hangUp(open);
            awaitFreePort();
            ends.forEach(Line::hangUp);
            ends.clear();
            open = null;
        }
    }

    public void restore() {
        cut();
        try {
            open = listen(port);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port, e);
        }
    }

    @Override
    public void close() {
        cut();
    }

    private ServerSocket listenAnywhere() {
        while (true) {
            try {
                return listen(FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS));
            } catch (BindException _) {
                // Somebody has it.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ServerSocket listen(int localPort) throws IOException {
        var listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), localPort));
        acceptor = Thread.startVirtualThread(() -> accept(listener));
        return listener;
    }

    /** The JDK frees the port of a closed listener when the thread that waits there has left it. */
    private void awaitFreePort() {
        try {
            if (acceptor != null) {
                acceptor.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while port " + port + " was being closed", e);
        }
    }

    private void accept(ServerSocket listener) {
        try {
            while (true) {
                var browser = listener.accept();
                Thread.startVirtualThread(() -> connect(listener, browser));
            }
        } catch (SocketException _) {
            // The line was cut.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect(ServerSocket listener, Socket browser) {
        try (browser;
                var pod = new Socket()) {
            ends.add(browser);
            ends.add(pod);
            if (listener.isClosed()) {
                return;
            }
            pod.connect(chat);
            var answers = Thread.startVirtualThread(() -> carry(pod, browser));
            carry(browser, pod);
            answers.join();
        } catch (IOException _) {
            // The browser sees the end of its connection.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** An end of one side is told to the other, which may still have something to say. */
    private static void carry(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException _) {
            hangUp(from);
            hangUp(to);
        }
    }

    private static void hangUp(Closeable end) {
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
