package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.chat.auth.Caller;
import io.chatcluster.chat.auth.TokenVerifier;
import io.chatcluster.chat.delivery.RoomNotice;
import io.chatcluster.chat.protocol.CloseCode;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.PresencePod;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A session at a pod, without a socket: keeps what it is sent, how often it is pinged and which way each of its frames went. */
final class PodSession implements Wire, SessionWork, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FrameHandler handler;
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();

    private volatile Thread worker = Thread.ofVirtual().unstarted(() -> {});

    final Session session;
    final List<String> atOnce = new CopyOnWriteArrayList<>();
    final List<String> onThread = new CopyOnWriteArrayList<>();
    final List<CloseCode> closed = new CopyOnWriteArrayList<>();
    final AtomicInteger pings = new AtomicInteger();

    PodSession(Pod pod, PresencePod presence, int messagesPerSecond) {
        SessionConfig config = SessionTest.config(Map.of());
        StoreTurns turns = new StoreTurns(config.storeTurns());
        TokenVerifier tokens = token ->
                new Caller(new UserId(token), Instant.now().plus(Duration.ofHours(1)), Set.of(Caller.ADMIN_SCOPE));
        PresenceCommands people = new PresenceCommands(presence.devices, presence.service, pod.typing);
        handler = new FrameHandler(
                connects(pod, people, tokens, config, turns),
                new RoomNoticeHandler(pod.rooms, turns),
                new MessageCommands(pod.messages, pod.changes),
                new RoomCommands(pod.messages),
                people,
                new TokenCommands(tokens),
                new CommandTelemetry(
                        new SimpleMeterRegistry(), TracerProvider.noop().get("test")));
        session = new Session("test", this, config, messagesPerSecond, this, new AtomicInteger());
    }

    /** What makes a pod's sessions live. */
    static ConnectHandler connects(
            Pod pod, PresenceCommands people, TokenVerifier tokens, SessionConfig config, StoreTurns turns) {
        return new ConnectHandler(
                tokens,
                new ConnectionPlaces(pod.config),
                pod.rooms,
                pod.messages,
                pod.hub,
                people,
                pod.users,
                config,
                turns,
                pod.config);
    }

    /** Goes live, and forgets what that took. */
    PodSession connect(UserId user) {
        session.receive("{\"id\":0,\"connect\":{\"token\":\"%s\"}}".formatted(user));
        var _ = reply(0);
        awaitRest();
        onThread.clear();
        return this;
    }

    /** Waits until the thread is gone that handled the last frame which was not handled at once. */
    private void awaitRest() {
        try {
            worker.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the answer to the command. */
    JsonNode reply(int id) {
        return await("the answer to " + id)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> replies(id), replies -> !replies.isEmpty())
                .getFirst();
    }

    /** The answers to the command so far. */
    List<JsonNode> replies(int id) {
        return received.stream()
                .filter(object -> object.has("id") && object.path("id").asInt() == id)
                .toList();
    }

    @Override
    public boolean frameAtOnce(Session of, String text) {
        boolean handled = handler.frameAtOnce(of, text);
        if (handled) {
            atOnce.add(text);
        }
        return handled;
    }

    @Override
    public void frame(Session of, String text) {
        worker = Thread.currentThread();
        onThread.add(text);
        handler.frame(of, text);
    }

    @Override
    public void notice(Session of, RoomNotice notice) throws InterruptedException {
        handler.notice(of, notice);
    }

    @Override
    public void write(Source source) {
        source.take().lines().map(PodSession::parse).forEach(received::add);
        source.written(null);
    }

    static JsonNode parse(String object) {
        try {
            return JSON.readTree(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void ping() {
        pings.incrementAndGet();
    }

    @Override
    public void close(CloseCode code) {
        closed.add(code);
    }

    /** The socket is gone. */
    @Override
    public void close() {
        session.disconnected();
    }
}
