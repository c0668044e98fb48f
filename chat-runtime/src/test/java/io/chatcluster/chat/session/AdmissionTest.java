package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.session.ChatClient.object;
import static io.chatcluster.chat.session.ChatFixture.api;
import static io.chatcluster.chat.session.ChatFixture.base;
import static io.chatcluster.chat.session.ChatFixture.group;
import static io.chatcluster.chat.session.ChatFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is let in, how many and how fast, and how much of the service each gets. */
@QuarkusTest
@WithTestResource(value = EdgeSettings.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class AdmissionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
    int managementPort;

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @BeforeEach
    void waitForAnEmptyPod() {
        await().atMost(PATIENCE).until(() -> metric("chat_sockets ") == 0);
    }

    @Test
    void shouldRefuseMoreSocketsOfUnknownUsersUntilTheyAreKnown() {
        // Given
        List<ChatClient> unknown = new ArrayList<>();
        for (int i = 0; i < EdgeSettings.UNAUTHENTICATED_MAX; i++) {
            unknown.add(chat.opened());
        }
        await().atMost(PATIENCE).until(() -> metric("chat_sockets ") == EdgeSettings.UNAUTHENTICATED_MAX);

        // When
        HttpResponse<?> refusal = ChatClient.refused(base(), "https://" + base().getAuthority());

        // Then
        assertThat(refusal.statusCode()).isEqualTo(503);
        assertThat(refusal.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 5L);

        // When
        unknown.getFirst().request("connect", object().put("token", token(chat.alice)));

        // Then
        await().atMost(PATIENCE).ignoreExceptions().until(() -> chat.opened() != null);
    }

    @Test
    void shouldRefuseMoreSocketsThanThePodMayHave() {
        // Given
        for (int i = 0; i < EdgeSettings.CONNECTIONS_MAX; i++) {
            chat.connected("user-" + i + "-" + chat.run());
        }

        // When
        HttpResponse<?> refusal = ChatClient.refused(base(), "https://" + base().getAuthority());

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
            attempts.add(builder.buildAsync(ChatClient.address(base()), new WebSocket.Listener() {}));
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
        await().atMost(PATIENCE).ignoreExceptions().until(() -> chat.opened() != null);
    }

    @Test
    void shouldBoundWhatAnUnknownUserMaySend() {
        // Given
        ChatClient client = chat.opened();

        // When
        client.sendText("x".repeat(EdgeSettings.UNAUTHENTICATED_CHARS_MAX + 1));

        // Then
        assertThat(client.awaitClose()).isEqualTo(4003);
    }

    @Test
    void shouldFollowOnlySoManyRoomsAndThoseThatTheClientNamesFirst() {
        // Given
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i <= EdgeSettings.ROOMS_PER_CONNECTION; i++) {
            rooms.add(group(chat.bob, chat.alice));
        }

        // When
        for (String named : rooms) {
            try (ChatClient client = chat.resumed(chat.alice, named, 0)) {

                // Then
                JsonNode reply = client.received().getFirst().path("connect");
                assertThat(reply.path("rooms")).hasSize(EdgeSettings.ROOMS_PER_CONNECTION);
                assertThat(reply.path("rooms").findValuesAsText("room")).contains(named);
                assertThat(reply.path("more").asBoolean()).isTrue();
                ChatFixture.message(chat.bob, named, "to " + named + client.hashCode());
                assertThat(client.awaitEvents(named, 1)).isNotEmpty();
            }
        }
    }

    @Test
    void shouldSayThatItDoesNotFollowARoomTooMany() {
        // Given
        for (int i = 0; i < EdgeSettings.ROOMS_PER_CONNECTION; i++) {
            group(chat.alice);
        }
        ChatClient client = chat.connected(chat.alice);
        assertThat(client.received().getFirst().path("connect").has("more")).isFalse();

        // When
        String room = group(chat.bob, chat.alice);
        ChatFixture.message(chat.bob, room, "c1").then().statusCode(200);

        // Then
        JsonNode added =
                client.awaitFrame(frame -> frame.at("/room/room").asText().equals(room));
        assertThat(added.at("/room/change").asText()).isEqualTo("added");
        assertThat(added.at("/room/live").asBoolean(true)).isFalse();
        assertThat(client.request("ping", object()).has("ping")).isTrue();
        assertThat(client.events(room)).isEmpty();
        assertThat(client.request("history", object().put("room", room)).at("/history/events"))
                .hasSize(1);
    }

    @Test
    void shouldAdmitPagesOfAllowedOriginsToTheSocketAndToHttp() {
        // Then
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("chat.v1.json")
                .header("Origin", EdgeSettings.PAGE)
                .buildAsync(ChatClient.address(base()), new WebSocket.Listener() {})
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
        api(chat.alice)
                .header("Origin", EdgeSettings.PAGE)
                .get("/api/v1/rooms")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", EdgeSettings.PAGE);
    }

    @Test
    void shouldNotLetPagesOfOtherOriginsUseIt() {
        // Then
        assertThat(ChatClient.refused(base(), "https://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(api(chat.alice)
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

    private double metric(String start) {
        return ScrapedMetrics.sum(managementPort, start);
    }
}
