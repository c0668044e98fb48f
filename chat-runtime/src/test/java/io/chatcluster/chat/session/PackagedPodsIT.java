package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.session.ChatFixture.api;
import static io.chatcluster.chat.session.ChatFixture.group;
import static io.chatcluster.chat.session.ChatFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.chatcluster.chat.services.PackagedPod;
import io.chatcluster.chat.services.RealServices;
import io.restassured.RestAssured;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two pods as they are packaged, with the same stores: what a signal, and a change through the other pod, does to one. */
class PackagedPodsIT {
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 200;

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    private final RealServices services = new RealServices();
    private final GeneratedKeys keys = new GeneratedKeys();
    private final List<PackagedPod> pods = new ArrayList<>();

    @BeforeEach
    void start() {
        Map<String, String> settings = new HashMap<>(services.start());
        settings.putAll(keys.start());
        settings.keySet().removeIf(key -> key.startsWith("quarkus."));
        settings.put("chat.drain.timeout", DRAIN_TIMEOUT.toSeconds() + "s");
        settings.put("chat.session.connect-timeout", "20s");
        for (String name : List.of("one", "two")) {
            settings.put("chat.pod", name);
            pods.add(new PackagedPod(settings));
        }
        use(one());
    }

    @AfterEach
    void stop() {
        pods.forEach(PackagedPod::close);
        services.stop();
    }

    @Test
    void shouldHandItsConnectionsOverAndLoseNothingOnSigterm() throws InterruptedException {
        // Given
        String room = group(chat.alice, chat.bob);
        List<ChatClient> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(chat.connected("user-" + i + "-" + chat.run()));
        }
        ChatClient sender = chat.connected(chat.alice);
        clients.add(sender);
        List<Integer> sends = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sends.add(sender.startSend(room, "c" + i, "m" + i));
        }

        // When
        one().terminate();

        // Then
        await().atMost(PATIENCE).until(() -> one().readiness() == 503);
        assertThat(refusedUpgrade()).isEqualTo(503);
        for (ChatClient client : clients) {
            assertThat(client.awaitClose()).isEqualTo(4000);
            JsonNode push = client.awaitFrame(frame -> frame.has("reconnect")).path("reconnect");
            assertThat(push.path("reason").asText()).isEqualTo("draining");
            assertThat(push.path("afterMs").asLong(-1)).isBetween(0L, 1_000L);
        }
        List<Long> asked = clients.stream()
                .map(client -> client.arrivedAt(frame -> frame.has("reconnect")))
                .sorted()
                .toList();
        assertThat(Duration.ofNanos(asked.getLast() - asked.getFirst())).isGreaterThan(Duration.ofMillis(500));
        assertThat(one().awaitExit(DRAIN_TIMEOUT.plus(PATIENCE))).isZero();
        assertAnsweredAndStored(sender, sends, room);
    }

    /** Whatever the pod took in before it asked the sender to go is answered, and what it said to be stored is. */
    private void assertAnsweredAndStored(ChatClient sender, List<Integer> sends, String room) {
        use(two());
        List<String> stored = new ArrayList<>();
        int after = 0;
        List<String> page;
        do {
            page = api(chat.bob)
                    .get("/api/v1/rooms/" + room + "/messages?limit=200&after=" + after)
                    .path("events.clientMessageId");
            stored.addAll(page);
            after += page.size();
        } while (!page.isEmpty());
        for (int i = 0; i < sends.size(); i++) {
            int id = sends.get(i);
            boolean acked = sender.received().stream()
                    .anyMatch(frame -> frame.path("id").asInt() == id && frame.has("send"));
            assertThat(stored.contains("c" + i)).as("c%d is stored", i).isEqualTo(acked);
        }
        assertThat(stored).doesNotHaveDuplicates().isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTreatAMemberRemovedThroughTheOtherPodAsAStrangerAtOnce(boolean connected) {
        // Given a pod that knows bob as a member
        String room = group(chat.alice, chat.bob);
        use(two());
        if (connected) {
            chat.connected(chat.bob);
        }
        message(chat.bob, room, "c1").then().statusCode(200);
        api(chat.bob).get("/api/v1/rooms/" + room + "/messages").then().statusCode(200);

        // When
        use(one());
        api(chat.alice)
                .delete("/api/v1/rooms/" + room + "/members/" + chat.bob)
                .then()
                .statusCode(204);

        // Then
        use(two());
        message(chat.bob, room, UUID.randomUUID().toString()).then().statusCode(404);
        api(chat.bob).get("/api/v1/rooms/" + room + "/messages").then().statusCode(404);
        api(chat.bob).get("/api/v1/rooms/" + room).then().statusCode(404);
    }

    private int refusedUpgrade() {
        CompletionException failure = catchThrowableOfType(
                CompletionException.class,
                () -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .subprotocols("chat.v1.json")
                        .buildAsync(ChatClient.address(one().base()), new WebSocket.Listener() {})
                        .join());
        if (failure.getCause() instanceof WebSocketHandshakeException refusal) {
            return refusal.getResponse().statusCode();
        }
        throw failure;
    }

    private PackagedPod one() {
        return pods.getFirst();
    }

    private PackagedPod two() {
        return pods.getLast();
    }

    /** What is asked from now on is asked of this pod. */
    private static void use(PackagedPod pod) {
        RestAssured.baseURI = "http://127.0.0.1";
        RestAssured.port = pod.base().getPort();
    }
}
