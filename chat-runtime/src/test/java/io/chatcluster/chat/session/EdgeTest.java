package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatClient.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.chatcluster.chat.services.WebhookReceiver;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@QuarkusTest
@WithTestResource(value = EdgeSettings.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EdgeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestHTTPResource("/")
    URI base = URI.create("unset");

    @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
    int managementPort;

    @Inject
    Event<ShutdownDelayInitiatedEvent> shutdown;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice-" + run;
    private final String bob = "bob-" + run;
    private final List<AutoCloseable> clients = new ArrayList<>();

    @BeforeEach
    void waitForAnEmptyPod() {
        await().atMost(PATIENCE).until(() -> metric("chat_sockets ") == 0);
    }

    @AfterEach
    void closeClients() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
    }

    @Test
    void shouldRefuseMoreSocketsOfUnknownUsersUntilTheyAreKnown() {
        // Given
        List<ChatClient> unknown = new ArrayList<>();
        for (int i = 0; i < EdgeSettings.UNAUTHENTICATED_MAX; i++) {
            unknown.add(opened());
        }

        // When
        HttpResponse<?> refusal = refused("https://" + base.getAuthority());

        // Then
        assertThat(refusal.statusCode()).isEqualTo(503);
        assertThat(refusal.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 5L);

        // When
        unknown.getFirst().request("connect", object().put("token", token(alice)));

        // Then
        await().atMost(PATIENCE).ignoreExceptions().until(() -> opened() != null);
    }

    @Test
    void shouldRefuseMoreSocketsThanThePodMayHave() {
        // Given
        for (int i = 0; i < EdgeSettings.CONNECTIONS_MAX; i++) {
            connected("user-" + i + "-" + run);
        }

        // When
        HttpResponse<?> refusal = refused("https://" + base.getAuthority());

        // Then
        assertThat(refusal.statusCode()).isEqualTo(503);
        assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void shouldLimitHowFastSocketsAreTakenIn() {
        // Given
        double before = metric("chat_upgrades_total{decision=\"too_fast\"}");
        WebSocket.Builder builder =
                HttpClient.newHttpClient().newWebSocketBuilder().subprotocols("chat.v1.json");

        // When
        List<CompletableFuture<WebSocket>> attempts = new ArrayList<>();
        for (int i = 0; i < 10 * EdgeSettings.ACCEPTS_PER_SECOND; i++) {
            attempts.add(builder.buildAsync(ChatClient.address(base), new WebSocket.Listener() {}));
        }

        // Then
        attempts.forEach(attempt -> attempt.handle((socket, refusal) -> {
                    if (socket != null) {
                        socket.abort();
                    }
                    return refusal;
                })
                .join());
        assertThat(metric("chat_upgrades_total{decision=\"too_fast\"}")).isGreaterThan(before);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> opened() != null);
    }

    @Test
    void shouldBoundWhatAnUnknownUserMaySend() {
        // Given
        ChatClient client = opened();

        // When
        client.sendText("x".repeat(EdgeSettings.UNAUTHENTICATED_CHARS_MAX + 1));

        // Then
        assertThat(client.awaitClose()).isEqualTo(4003);
    }

    @Test
    void shouldCloseAHalfOpenConnectionAndNoOther() {
        // Given
        ChatClient answering = connected(alice);
        RawSocket silent = kept(RawSocket.connected(base, token(bob)));

        // When
        int code = silent.awaitClose();

        // Then
        assertThat(code).isEqualTo(4005);
        silent.awaitEnd();
        assertThat(answering.request("ping", object()).has("ping")).isTrue();
    }

    @Test
    void shouldCloseAConnectionThatDoesNotReadAndServeItsNeighbour() {
        // Given
        String room = group(alice, bob);
        ChatClient sender = connected(alice);
        RawSocket slow = kept(RawSocket.connected(base, token(bob)));
        double before = metric("chat_closes_total{reason=\"slow_consumer\"}");
        String text = "x".repeat(60_000);

        // When
        int sent = 0;
        while (metric("chat_closes_total{reason=\"slow_consumer\"}") == before && sent < 1_000) {
            sent++;
            assertThat(sender.reply(sender.startSend(room, "c" + sent, text)).has("send"))
                    .isTrue();
            sender.awaitEvents(room, sent);
            if (metric("chat_closes_total{reason=\"slow_consumer\"}") == before) {
                slow.sendText("{\"id\":2,\"ping\":{}}");
            }
        }

        // Then
        assertThat(metric("chat_closes_total{reason=\"slow_consumer\"}")).isEqualTo(before + 1);
        assertThat(sender.awaitEvents(room, sent)).hasSize(sent);
        slow.awaitEnd();
    }

    @Test
    void shouldEndASessionWithItsTokenAndAskToReconnect() {
        // Given
        ChatClient client = kept(ChatClient.connected(base, GeneratedKeys.ISSUER.tokenExpiringIn(alice, -50)));

        // Then
        assertThat(client.received().getFirst().has("connect")).isTrue();
        assertThat(client.awaitClose()).isEqualTo(4007);
    }

    @Test
    void shouldGoOnWithAFreshTokenOfTheSameUserOnly() {
        // Given
        ChatClient client = kept(ChatClient.connected(base, GeneratedKeys.ISSUER.tokenExpiringIn(alice, -50)));

        // When
        JsonNode foreign = client.request("refresh", object().put("token", token(bob)));
        JsonNode nonsense = client.request("refresh", object().put("token", "nonsense"));
        JsonNode fresh = client.request("refresh", object().put("token", token(alice)));

        // Then
        assertThat(foreign.at("/error/code").asText()).isEqualTo("forbidden");
        assertThat(nonsense.at("/error/code").asText()).isEqualTo("unauthenticated");
        assertThat(fresh.at("/refresh/expiresAt").asLong()).isGreaterThan(System.currentTimeMillis());
        await().during(Duration.ofSeconds(12)).atMost(PATIENCE).until(() -> client.closeCode() == null);
        assertThat(client.request("ping", object()).has("ping")).isTrue();
    }

    @Test
    void shouldAdmitPagesOfAllowedOriginsToTheSocketAndToHttp() {
        // Then
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("chat.v1.json")
                .header("Origin", EdgeSettings.PAGE)
                .buildAsync(ChatClient.address(base), new WebSocket.Listener() {})
                .join()
                .abort();
        RestAssured.given()
                .header("Origin", EdgeSettings.PAGE)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .options("/api/v1/rooms")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", EdgeSettings.PAGE);
        api(alice)
                .header("Origin", EdgeSettings.PAGE)
                .get("/api/v1/rooms")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", EdgeSettings.PAGE);
    }

    @Test
    void shouldNotLetPagesOfOtherOriginsUseIt() {
        // Then
        assertThat(refused("https://evil.example").statusCode()).isEqualTo(403);
        assertThat(api(alice)
                        .header("Origin", "https://evil.example")
                        .get("/api/v1/rooms")
                        .header("Access-Control-Allow-Origin"))
                .isNull();
    }

    @Test
    void shouldTellThePageHowToSignInAndWhatItMayUse() {
        // When
        var answer = RestAssured.get("/config.json").then().statusCode(200).extract();

        // Then
        assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=60");
        assertThat(answer.<String>path("auth.mode")).isEqualTo("token");
        assertThat(answer.<String>path("auth.tokenUrl")).isEqualTo("https://backend.example/chat-token");
        assertThat(answer.<Integer>path("limits.messageBytesMax")).isEqualTo(65_536);
        assertThat(answer.<String>path("version")).isNotBlank();
        assertThat(RestAssured.get("/").header("Content-Security-Policy"))
                .contains("connect-src 'self' https://backend.example;")
                .contains("script-src 'self';");
    }

    @Test
    void shouldTellTheBackEndWhatWasCommitted() {
        // Given
        WebhookReceiver receiver = Objects.requireNonNull(EdgeSettings.receiver);
        receiver.refuse(3);
        String room = group(alice, bob);
        ChatClient client = connected(alice);

        // When
        JsonNode reply = client.reply(client.startSend(room, "c1", "for the back end"));

        // Then
        assertThat(reply.has("send")).isTrue();
        await().atMost(PATIENCE)
                .until(() -> receiver.accepted().stream()
                        .anyMatch(request ->
                                request.body().contains(room) && request.body().contains("for the back end")));
        assertThat(receiver.accepted()).allMatch(WebhookReceiver.Received::genuine);
    }

    @Test
    void shouldAskAShareOfTheConnectionsToReconnect() {
        // Given
        List<ChatClient> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(connected("user-" + i + "-" + run));
        }

        // When
        var answer = RestAssured.given()
                .port(managementPort)
                .post("/shed?share=0.5&perSecond=100")
                .then()
                .statusCode(202)
                .extract();

        // Then
        assertThat(answer.<Integer>path("connections")).isEqualTo(4);
        await().atMost(PATIENCE).until(() -> closed(all).size() == 4);
        assertThat(closed(all)).allSatisfy(client -> {
            assertThat(client.closeCode()).isEqualTo(4000);
            JsonNode push = client.awaitFrame(frame -> frame.has("reconnect")).path("reconnect");
            assertThat(push.path("reason").asText()).isEqualTo("rebalancing");
            assertThat(push.path("afterMs").asLong(-1)).isBetween(0L, 1_000L);
        });
        for (ChatClient client : all) {
            if (client.closeCode() == null) {
                assertThat(client.request("ping", object()).has("ping")).isTrue();
            }
        }
    }

    @Test
    void shouldRefuseToShedWhatIsNotAShare() {
        // Then
        for (String query : List.of("", "?share=0", "?share=1.5", "?share=some", "?share=0.5&perSecond=0")) {
            RestAssured.given()
                    .port(managementPort)
                    .post("/shed" + query)
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void shouldHandItsConnectionsOverWithTheirSendsAnsweredWhenItDrains() throws Exception {
        // Given
        String room = group(alice, bob);
        ChatClient sender = connected(alice);
        ChatClient other = connected(bob);
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ids.add(sender.startSend(room, "c" + i, "m" + i));
        }
        sender.reply(ids.getFirst());

        // When
        Thread drain = Thread.ofVirtual().start(() -> shutdown.fire(new ShutdownDelayInitiatedEvent()));

        // Then
        for (ChatClient client : List.of(sender, other)) {
            assertThat(client.awaitClose()).isEqualTo(4000);
            assertThat(client.awaitFrame(frame -> frame.has("reconnect"))
                            .at("/reconnect/reason")
                            .asText())
                    .isEqualTo("draining");
        }
        drain.join();
        long answered =
                sender.received().stream().filter(frame -> frame.has("send")).count();
        assertThat(stored(room)).isEqualTo(answered);
        assertThat(refused("https://" + base.getAuthority()).statusCode()).isEqualTo(503);
        assertThat(RestAssured.given()
                        .port(managementPort)
                        .get("/q/health/ready")
                        .statusCode())
                .isEqualTo(503);
    }

    private long stored(String room) {
        List<String> types = api(alice)
                .get("/api/v1/rooms/" + room + "/messages?limit=200")
                .then()
                .statusCode(200)
                .extract()
                .path("events.type");
        return types.stream().filter("message"::equals).count();
    }

    private static List<ChatClient> closed(List<ChatClient> clients) {
        return clients.stream().filter(client -> client.closeCode() != null).toList();
    }

    private HttpResponse<?> refused(String origin) {
        CompletionException failure = catchThrowableOfType(
                CompletionException.class,
                () -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .subprotocols("chat.v1.json")
                        .header("Origin", origin)
                        .buildAsync(ChatClient.address(base), new WebSocket.Listener() {})
                        .join());
        if (failure.getCause() instanceof WebSocketHandshakeException refusal) {
            return refusal.getResponse();
        }
        throw failure;
    }

    private double metric(String start) {
        return ScrapedMetrics.sum(managementPort, start);
    }

    private ChatClient opened() {
        return kept(ChatClient.open(base));
    }

    private ChatClient connected(String user) {
        return kept(ChatClient.connected(base, token(user)));
    }

    private <T extends AutoCloseable> T kept(T client) {
        clients.add(client);
        return client;
    }

    private String group(String owner, String... members) {
        return api(owner)
                .body(Map.of("kind", "group", "name", "Team", "members", members))
                .post("/api/v1/rooms")
                .then()
                .statusCode(201)
                .extract()
                .path("room");
    }

    private static RequestSpecification api(String user) {
        return RestAssured.given().auth().oauth2(token(user)).contentType("application/json");
    }

    private static String token(String user) {
        return GeneratedKeys.ISSUER.token(user);
    }
}
