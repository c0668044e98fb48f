package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of the WebSocket interface that keeps everything it is sent, in order. */
final class ChatClient implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<Long> arrivals = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;
    private volatile @Nullable Integer closeCode;
    private int lastId;

    private ChatClient(WebSocket.Builder builder, URI address) {
        socket = builder.connectTimeout(PATIENCE).buildAsync(address, this).join();
    }

    static ChatClient open(URI base) {
        return new ChatClient(HTTP.newWebSocketBuilder().subprotocols("chat.v1.json"), address(base));
    }

    static ChatClient connected(URI base, String token) {
        return resumed(base, token, JSON.createObjectNode());
    }

    static ChatClient resumed(URI base, String token, ObjectNode positions) {
        ChatClient client = open(base);
        ObjectNode body = JSON.createObjectNode().put("token", token);
        body.set("resume", positions);
        client.request("connect", body);
        return client;
    }

    /** The answer to a handshake from a page of this origin, which must be refused. */
    static HttpResponse<?> refused(URI base, String origin) {
        CompletionException failure = catchThrowableOfType(
                CompletionException.class,
                () -> HTTP.newWebSocketBuilder()
                        .subprotocols("chat.v1.json")
                        .header("Origin", origin)
                        .buildAsync(address(base), new WebSocket.Listener() {})
                        .join());
        if (failure.getCause() instanceof WebSocketHandshakeException refusal) {
            return refusal.getResponse();
        }
        throw failure;
    }

    static URI address(URI base) {
        return URI.create("ws://" + base.getAuthority() + "/ws");
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Sends a command and waits for its reply or error. */
    JsonNode request(String command, ObjectNode body) {
        int id = start(command, body);
        return reply(id);
    }

    /** Sends a command; returns its id. */
    int start(String command, ObjectNode body) {
        int id = ++lastId;
        ObjectNode frame = JSON.createObjectNode().put("id", id);
        frame.set(command, body);
        sendText(frame.toString());
        return id;
    }

    int startSend(String room, String clientMessageId, String text) {
        return start(
                "send",
                object().put("room", room)
                        .put("clientMessageId", clientMessageId)
                        .put("text", text));
    }

    JsonNode reply(int id) {
        return awaitFrame(frame -> frame.path("id").asInt() == id);
    }

    void sendText(String text) {
        socket.sendText(text, true).join();
    }

    WebSocket socket() {
        return socket;
    }

    JsonNode awaitFrame(Predicate<JsonNode> wanted) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> received.stream().filter(wanted).findFirst(), java.util.Optional::isPresent)
                .orElseThrow();
    }

    /** All events pushed of the room once there are as many, in the order they came. */
    List<JsonNode> awaitEvents(String room, int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> events(room).size() >= count);
        return events(room);
    }

    List<JsonNode> events(String room) {
        List<JsonNode> events = new ArrayList<>();
        for (JsonNode frame : received) {
            if (frame.path("push").path("room").asText().equals(room)) {
                frame.path("push").path("events").forEach(events::add);
            }
        }
        return events;
    }

    List<JsonNode> received() {
        return received;
    }

    /** When the first such frame came, on the clock of {@link System#nanoTime()}. */
    long arrivedAt(Predicate<JsonNode> wanted) {
        return arrivals.get(received.indexOf(awaitFrame(wanted)));
    }

    int awaitClose() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> closeCode, code -> code != null);
    }

    @Nullable
    Integer closeCode() {
        return closeCode;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            partial.toString().lines().map(ChatClient::parse).forEach(frame -> {
                arrivals.add(System.nanoTime());
                received.add(frame);
            });
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closeCode = 1006;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
