package io.chatcluster.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A well-behaved client of the chat: it reconnects when the connection goes, resumes every room from the last sequence it has, and
 * sends again, under the same {@code clientMessageId}, what was not acknowledged. It writes down every breach of the protocol's
 * promise that a room's pushes on one connection are dense and in order.
 */
public final class ChatClient implements AutoCloseable {
    private static final int ARRIVAL_MINUTES = 2;
    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(200);

    private final String token;
    private final Supplier<URI> pods;
    private final Map<String, Long> lastSeq = new HashMap<>();
    private final Map<String, List<ChatEvent>> events = new HashMap<>();
    private final Map<String, PendingSend> unacknowledged = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<JsonNode>> replies = new HashMap<>();
    private final List<String> breaches = new ArrayList<>();
    private @Nullable Wire wire;
    private boolean open = true;
    private int connections;
    private int abruptEnds;
    private boolean known;
    private boolean askedToGo;
    private final CompletableFuture<Void> arrived = new CompletableFuture<>();
    private long nextId;

    private record PendingSend(String room, String text, CompletableFuture<SendAck> ack) {}

    private ChatClient(String token, Supplier<URI> pods) {
        this.token = token;
        this.pods = pods;
    }

    /** Connects, and stays connected until closed; {@code pods} is asked for the address to use at every attempt. */
    public static ChatClient connect(String token, Supplier<URI> pods) {
        var client = new ChatClient(token, pods);
        Thread.ofVirtual().start(client::keepConnected);
        client.arrived.orTimeout(ARRIVAL_MINUTES, TimeUnit.MINUTES).join();
        return client;
    }

    /** Sends a message; completes when the cluster has acknowledged it, through however many connections that takes. */
    public CompletableFuture<SendAck> send(String room, String clientMessageId, String text) {
        var pending = new PendingSend(room, text, new CompletableFuture<>());
        synchronized (this) {
            unacknowledged.put(clientMessageId, pending);
            transmit(clientMessageId, pending);
        }
        return pending.ack;
    }

    /** Sends any command and returns its reply; a refusal completes exceptionally with {@link Refused}. */
    public synchronized CompletableFuture<JsonNode> command(String name, ObjectNode body) {
        var id = "c" + nextId++;
        var reply = new CompletableFuture<JsonNode>();
        replies.put(id, reply);
        var frame = Wire.JSON.createObjectNode().put("id", id);
        frame.set(name, body);
        write(frame.toString());
        return reply.thenApply(object -> {
            if (object.has("error")) {
                throw new Refused(object.path("error"));
            }
            return object.path(name);
        });
    }

    public synchronized List<ChatEvent> messages(String room) {
        return events.getOrDefault(room, List.of()).stream()
                .filter(ChatEvent::isMessage)
                .toList();
    }

    /** What the server broke of its promises so far; empty is what one wants. */
    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** How many times this client has been connected, the first included. */
    public synchronized int connections() {
        return connections;
    }

    /** How many of its connections ended without having been asked to reconnect. */
    public synchronized int abruptEnds() {
        return abruptEnds;
    }

    @Override
    public void close() {
        Wire current;
        synchronized (this) {
            open = false;
            current = wire;
        }
        if (current != null) {
            current.close();
        }
    }

    private void keepConnected() {
        while (isOpen()) {
            try {
                var current = Wire.open(pods.get(), this::receive);
                greet(current);
                if (!isOpen()) {
                    leave(current);
                }
                current.closed().join();
                ended();
            } catch (CompletionException
                    | IllegalStateException
                    | KubernetesClientException
                    | NoSuchElementException unreachable) {
                // The pod is gone or going, or nobody says which ones there are: the next attempt asks for another one.
            }
            pause();
        }
    }

    private synchronized void ended() {
        if (open && known && !askedToGo) {
            abruptEnds++;
        }
    }

    private synchronized boolean isOpen() {
        return open;
    }

    private void greet(Wire current) {
        var body = Wire.JSON.createObjectNode().put("token", token);
        var greeted = new CompletableFuture<JsonNode>();
        synchronized (this) {
            wire = current;
            known = false;
            askedToGo = false;
            replies.values().forEach(lost -> lost.completeExceptionally(new IllegalStateException("connection lost")));
            replies.clear();
            lastSeq.forEach(body.withObject("/resume")::put);
            var id = "c" + nextId++;
            replies.put(id, greeted);
            var frame = Wire.JSON.createObjectNode().put("id", id);
            frame.set("connect", body);
            write(frame.toString());
        }
        greeted.whenComplete((reply, lost) -> {
            if (reply != null) {
                connected(current, reply);
            }
        });
    }

    private synchronized void connected(Wire current, JsonNode reply) {
        if (reply.has("error")) {
            refused(current, new Refused(reply.path("error")));
            return;
        }
        for (var room : reply.path("connect").path("rooms")) {
            lastSeq.putIfAbsent(room.path("room").asText(), room.path("tail").asLong());
        }
        connections++;
        arrived.complete(null);
        known = true;
        unacknowledged.forEach(this::transmit);
    }

    /** A pod whose stores do not answer may say so; the client then tries another one. */
    private void refused(Wire current, Refused refused) {
        if (refused.retryable()) {
            CompletableFuture.delayedExecutor(refused.retryAfterMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> leave(current));
        } else {
            breaches.add("connect refused: " + refused.getMessage());
        }
    }

    private void transmit(String clientMessageId, PendingSend pending) {
        var body = Wire.JSON
                .createObjectNode()
                .put("room", pending.room)
                .put("clientMessageId", clientMessageId)
                .put("text", pending.text);
        command("send", body).whenComplete((reply, problem) -> {
            if (reply != null) {
                acknowledged(clientMessageId, pending, reply);
            } else if (problem.getCause() instanceof Refused refused) {
                refused(clientMessageId, pending, refused);
            }
        });
    }

    private synchronized void acknowledged(String clientMessageId, PendingSend pending, JsonNode reply) {
        unacknowledged.remove(clientMessageId);
        pending.ack.complete(
                new SendAck(reply.path("seq").asLong(), reply.path("duplicate").asBoolean()));
    }

    private void refused(String clientMessageId, PendingSend pending, Refused refused) {
        if (!refused.retryable()) {
            pending.ack.completeExceptionally(refused);
            return;
        }
        CompletableFuture.delayedExecutor(refused.retryAfterMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    synchronized (this) {
                        if (unacknowledged.containsKey(clientMessageId)) {
                            transmit(clientMessageId, pending);
                        }
                    }
                });
    }

    private void write(String frame) {
        if (wire == null) {
            return;
        }
        try {
            wire.send(frame);
        } catch (CompletionException | IllegalStateException broken) {
            // What was not acknowledged is sent again on the next connection.
            wire.abort();
        }
    }

    private void receive(JsonNode object) {
        if (object.has("id")) {
            CompletableFuture<JsonNode> reply;
            synchronized (this) {
                reply = replies.remove(object.path("id").asText());
            }
            if (reply != null) {
                reply.complete(object);
            }
        } else if (object.has("push")) {
            receivePush(object.path("push"));
        } else if (object.has("reconnect")) {
            moveOn(object.path("reconnect").path("afterMs").asLong());
        }
    }

    /** Leaves when told to: the pod asks its clients one after the other, so that the others are not overrun. */
    private void moveOn(long afterMillis) {
        Wire current;
        synchronized (this) {
            askedToGo = true;
            current = wire;
        }
        if (current != null) {
            CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS)
                    .execute(() -> leave(current));
        }
    }

    private static void leave(Wire wire) {
        wire.close();
        wire.abort();
    }

    private synchronized void receivePush(JsonNode push) {
        var room = push.path("room").asText();
        for (var node : push.path("events")) {
            var event = ChatEvent.of(node);
            var last = lastSeq.get(room);
            if (last != null && event.seq() != last + 1) {
                breaches.add("room " + room + ": " + event.seq() + " came after " + last);
            }
            lastSeq.put(room, event.seq());
            events.computeIfAbsent(room, _ -> new ArrayList<>()).add(event);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RECONNECT_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
