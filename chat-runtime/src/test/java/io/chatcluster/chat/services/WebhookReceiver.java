package io.chatcluster.chat.services;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An application's back end that keeps what is posted to it, once it is not told to refuse. */
public final class WebhookReceiver implements AutoCloseable {
    public static final String SECRET = "a secret of the test";

    /** A request that was accepted. */
    public record Received(String delivery, long timestamp, String signature, String body) {

        /** Whether the signature is the one a holder of the secret computes. */
        public boolean genuine() {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                byte[] expected = mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
                return signature.equals("v1=" + HexFormat.of().formatHex(expected));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final HttpServer server;
    private final List<Received> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger stalls = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    public WebhookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/chat-events");
    }

    /** A file with the secret. */
    public static Path secretFile() {
        try {
            Path file = Files.createTempFile("webhook", "secret");
            file.toFile().deleteOnExit();
            return Files.writeString(file, SECRET + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses that many of the next requests. */
    public void refuse(int requests) {
        refusals.set(requests);
    }

    /** Answers that many of the next requests with a head, and does not send the body it promises there. */
    public void stall(int requests) {
        stalls.set(requests);
    }

    public int refused() {
        return refused.get();
    }

    public List<Received> accepted() {
        return accepted;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            if (stalls.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(200, 1);
                exchange.getResponseBody().flush();
                closed.await();
                return;
            }
            accepted.add(new Received(
                    exchange.getRequestHeaders().getFirst("ChatCluster-Delivery"),
                    Long.parseLong(exchange.getRequestHeaders().getFirst("ChatCluster-Timestamp")),
                    exchange.getRequestHeaders().getFirst("ChatCluster-Signature"),
                    body));
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
