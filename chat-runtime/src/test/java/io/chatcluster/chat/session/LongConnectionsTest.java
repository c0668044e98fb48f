package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.session.ChatClient.object;
import static io.chatcluster.chat.session.ChatFixture.api;
import static io.chatcluster.chat.session.ChatFixture.base;
import static io.chatcluster.chat.session.ChatFixture.group;
import static io.chatcluster.chat.session.ChatFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.chatcluster.chat.services.WebhookReceiver;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How connections that were let in go on and end. */
@QuarkusTest
@WithTestResource(value = EdgeSettings.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LongConnectionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PING = "{\"id\":2,\"ping\":{}}";

    @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001")
    int managementPort;

    @Inject
    Event<ShutdownDelayInitiatedEvent> shutdown;

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @BeforeEach
    void waitForAnEmptyPod() {
        await().atMost(PATIENCE).until(() -> metric("chat_sockets ") == 0);
    }

    @Test
    void shouldCloseAHalfOpenConnectionAndNoOther() {
        // Given
        ChatClient answering = chat.connected(chat.alice);
        RawSocket silent = chat.kept(RawSocket.connected(base(), token(chat.bob)));

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
        String room = group(chat.alice, chat.bob);
        ChatClient sender = chat.connected(chat.alice);
        RawSocket slow = chat.kept(RawSocket.connected(base(), token(chat.bob)));
        double before = tooSlow();

        // When
        int sent = sendUntilTooSlow(sender, room, slow);

        // Then
        assertThat(tooSlow()).isEqualTo(before + 1);
        assertThat(sender.awaitEvents(room, sent)).hasSize(sent);
        slow.awaitEnd();
    }

    @Test
    void shouldBeRidOfAConnectionThatSendsOnAndNeverReads() {
        // Given
        String room = group(chat.alice, chat.bob);
        ChatClient sender = chat.connected(chat.alice);
        RawSocket slow = chat.kept(RawSocket.connected(base(), token(chat.bob)));
        sendUntilTooSlow(sender, room, slow);

        // When
        await().until(() -> !slow.takesText(PING));

        // Then
        await().until(() -> metric("chat_sockets ") == 1);
        assertThat(metric("chat_connections ")).isEqualTo(1);
    }

    @Test
    void shouldEndASessionWithItsTokenAndAskToReconnect() {
        // Given
        ChatClient client =
                chat.kept(ChatClient.connected(base(), GeneratedKeys.ISSUER.tokenExpiringIn(chat.alice, -50)));

        // Then
        assertThat(client.received().getFirst().has("connect")).isTrue();
        assertThat(client.awaitClose()).isEqualTo(4007);
    }

    @Test
    void shouldGoOnWithAFreshTokenOfTheSameUserOnly() {
        // Given
        ChatClient client =
                chat.kept(ChatClient.connected(base(), GeneratedKeys.ISSUER.tokenExpiringIn(chat.alice, -50)));

        // When
        JsonNode foreign = client.request("refresh", object().put("token", token(chat.bob)));
        JsonNode nonsense = client.request("refresh", object().put("token", "nonsense"));
        JsonNode fresh = client.request("refresh", object().put("token", token(chat.alice)));

        // Then
        assertThat(foreign.at("/error/code").asText()).isEqualTo("forbidden");
        assertThat(nonsense.at("/error/code").asText()).isEqualTo("unauthenticated");
        assertThat(fresh.at("/refresh/expiresAt").asLong()).isGreaterThan(System.currentTimeMillis());
        await().during(Duration.ofSeconds(12)).atMost(PATIENCE).until(() -> client.closeCode() == null);
        assertThat(client.request("ping", object()).has("ping")).isTrue();
    }

    @Test
    void shouldTellTheBackEndWhatWasCommitted() {
        // Given
        WebhookReceiver receiver = Objects.requireNonNull(EdgeSettings.receiver);
        receiver.refuse(3);
        String room = group(chat.alice, chat.bob);
        ChatClient client = chat.connected(chat.alice);

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
            all.add(chat.connected("user-" + i + "-" + chat.run()));
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
        String room = group(chat.alice, chat.bob);
        ChatClient sender = chat.connected(chat.alice);
        ChatClient other = chat.connected(chat.bob);
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
        assertThat(ChatClient.refused(base(), "https://" + base().getAuthority())
                        .statusCode())
                .isEqualTo(503);
        assertThat(RestAssured.given()
                        .port(managementPort)
                        .get("/q/health/ready")
                        .statusCode())
                .isEqualTo(503);
    }

    /** Returns how many messages that took. */
    @CanIgnoreReturnValue
    private int sendUntilTooSlow(ChatClient sender, String room, RawSocket slow) {
        double before = tooSlow();
        String text = "x".repeat(60_000);
        int sent = 0;
        while (tooSlow() == before && sent < 1_000) {
            sent++;
            assertThat(sender.reply(sender.startSend(room, "c" + sent, text)).has("send"))
                    .isTrue();
            sender.awaitEvents(room, sent);
            if (tooSlow() == before) {
                slow.sendText(PING);
            }
        }
        return sent;
    }

    private double tooSlow() {
        return metric("chat_closes_total{reason=\"slow_consumer\"}");
    }

    private long stored(String room) {
        List<String> types = api(chat.alice)
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

    private double metric(String start) {
        return ScrapedMetrics.sum(managementPort, start);
    }
}
