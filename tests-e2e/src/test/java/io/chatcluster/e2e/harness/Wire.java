package io.chatcluster.e2e.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One WebSocket to one pod, speaking {@code chat.v1.json} frame by frame. */
public final class Wire implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECTED = Duration.ofSeconds(20);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(CONNECTED).build();
    private static final long SEND_TIMEOUT_SECONDS = 60;

    private final WebSocket socket;
    private final CompletableFuture<Integer> closed;

    private Wire(WebSocket socket, CompletableFuture<Integer> closed) {
        this.socket = socket;
        this.closed = closed;
    }

    /** Opens a socket to {@code pod} (an http address); each object that arrives goes to {@code objects}, in order, on one thread at a time. */
    public static Wire open(URI pod, Consumer<JsonNode> objects) {
        var closed = new CompletableFuture<Integer>();
        var socket = HTTP.newWebSocketBuilder()
                .subprotocols("chat.v1.json")
                .connectTimeout(CONNECTED)
                .buildAsync(URI.create("ws://" + pod.getAuthority() + "/ws"), new Listener(objects, closed))
                .join();
        return new Wire(socket, closed);
    }

    /** Completes with the close code, or with 1006 when the connection broke without one. */
    public CompletableFuture<Integer> closed() {
        return closed;
    }

    /** Sends one text frame exactly as given, so that malformed ones can be sent too. */
    public synchronized void send(String frame) {
        socket.sendText(frame, true)
                .orTimeout(SEND_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Breaks the connection without a closing handshake, as a lost network does. */
    public void abort() {
        socket.abort();
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .orTimeout(SEND_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .exceptionally(_ -> null)
                .join();
        socket.abort();
    }

    private static final class Listener implements WebSocket.Listener {
        private final Consumer<JsonNode> objects;
        private final CompletableFuture<Integer> closed;
        private final StringBuilder frame = new StringBuilder();

        Listener(Consumer<JsonNode> objects, CompletableFuture<Integer> closed) {
            this.objects = objects;
            this.closed = closed;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                var text = frame.toString();
                frame.setLength(0);
                text.lines()
                        .filter(line -> !line.isBlank())
                        .map(Listener::parse)
                        .forEach(objects);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.complete(1006);
        }

        private static JsonNode parse(String object) {
            try {
                return JSON.readTree(object);
            } catch (JsonProcessingException e) {
                throw new AssertionError("the server sent what is not JSON: " + object, e);
            }
        }
    }
}
