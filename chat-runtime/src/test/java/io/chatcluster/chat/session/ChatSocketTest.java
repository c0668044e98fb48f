package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatClient.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class ChatSocketTest {
    @TestHTTPResource("/")
    URI base = URI.create("unset");

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice-" + run;
    private final String bob = "bob-" + run;
    private final List<ChatClient> clients = new ArrayList<>();

    @AfterEach
    void closeClients() {
        clients.forEach(ChatClient::close);
    }

    @Test
    void shouldReplyToConnectWithTheUsersRooms() {
        // Given
        String room = group(alice, bob);

        // When
        ChatClient client = connected(bob);

        // Then
        JsonNode reply = client.received().getFirst().path("connect");
        assertThat(reply.path("user").asText()).isEqualTo(bob);
        assertThat(reply.path("pingSeconds").asInt()).isPositive();
        assertThat(reply.path("rooms")).hasSize(1);
        assertThat(reply.path("rooms").get(0).path("room").asText()).isEqualTo(room);
        assertThat(reply.path("rooms").get(0).path("role").asText()).isEqualTo("member");
    }

    @Test
    void shouldRefuseABadTokenAndNotAskToReconnect() {
        // Given
        ChatClient client = opened();

        // When
        JsonNode reply = client.request("connect", object().put("token", "nonsense"));

        // Then
        assertThat(reply.path("error").path("code").asText()).isEqualTo("unauthenticated");
        assertThat(client.awaitClose()).isEqualTo(4500);
    }

    @Test
    void shouldCloseWhenNoConnectComesInTime() {
        // When
        ChatClient client = opened();

        // Then
        assertThat(client.awaitClose()).isEqualTo(4006);
    }

    @Test
    void shouldRefuseOtherCommandsBeforeConnect() {
        // Given
        ChatClient client = opened();

        // When
        JsonNode reply = client.request("ping", object());

        // Then
        assertThat(reply.path("error").path("code").asText()).isEqualTo("unauthenticated");
        assertThat(client.awaitClose()).isEqualTo(4501);
    }

    @Test
    void shouldRefuseAClientThatDoesNotOfferTheSubprotocol() {
        // Then
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(ChatClient.address(base), new java.net.http.WebSocket.Listener() {})
                        .join())
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .hasStackTraceContaining("400");
    }

    @Test
    void shouldRefusePagesOfOtherOrigins() {
        // Then
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .subprotocols("chat.v1.json")
                        .header("Origin", "https://evil.example")
                        .buildAsync(ChatClient.address(base), new java.net.http.WebSocket.Listener() {})
                        .join())
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .hasStackTraceContaining("403");
    }

    @Test
    void shouldBoundTheConnectionsOfAUser() {
        // Given
        connected(alice);
        connected(alice);
        connected(alice);

        // When
        ChatClient fourth = connected(alice);

        // Then
        assertThat(fourth.received().getFirst().path("error").path("code").asText())
                .isEqualTo("rate_limited");
        assertThat(fourth.awaitClose()).isEqualTo(4502);
    }

    @Test
    void shouldPushEachMessageToEveryMemberTheSenderIncluded() {
        // Given
        String room = group(alice, bob);
        ChatClient sender = connected(alice);
        ChatClient other = connected(bob);

        // When
        JsonNode ack =
                sender.reply(sender.startSend(room, "c1", "héllo \"you\"")).path("send");

        // Then
        for (ChatClient client : List.of(sender, other)) {
            JsonNode event = client.awaitEvents(room, 1).getFirst();
            assertThat(event.path("seq").asLong()).isEqualTo(ack.path("seq").asLong());
            assertThat(event.path("time").asLong()).isEqualTo(ack.path("time").asLong());
            assertThat(event.path("from").asText()).isEqualTo(alice);
            assertThat(event.path("text").asText()).isEqualTo("héllo \"you\"");
            assertThat(event.path("clientMessageId").asText()).isEqualTo("c1");
        }
        assertThat(ack.path("duplicate").asBoolean()).isFalse();
    }

    @Test
    void shouldStoreARepeatOnce() {
        // Given
        String room = group(alice);
        ChatClient client = connected(alice);
        long first = client.reply(client.startSend(room, "c1", "once"))
                .at("/send/seq")
                .asLong();

        // When
        JsonNode repeat = client.reply(client.startSend(room, "c1", "once")).path("send");

        // Then
        assertThat(repeat.path("seq").asLong()).isEqualTo(first);
        assertThat(repeat.path("duplicate").asBoolean()).isTrue();
    }

    @Test
    void shouldKeepTheOrderOfPipelinedSendsAndPushThemDensely() {
        // Given
        String room = group(alice, bob);
        ChatClient sender = connected(alice);
        ChatClient other = connected(bob);
        int count = 200;

        // When
        List<Integer> ids = IntStream.range(0, count)
                .map(i -> sender.startSend(room, "c" + i, "message " + i))
                .boxed()
                .toList();

        // Then
        List<Long> sequences = ids.stream()
                .map(id -> sender.reply(id).at("/send/seq").asLong())
                .toList();
        assertThat(sequences).isSorted().doesNotHaveDuplicates();
        List<JsonNode> events = other.awaitEvents(room, count);
        assertThat(events).hasSize(count);
        assertDense(events);
        assertThat(events.stream().map(event -> event.path("text").asText()))
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(i -> "message " + i).toList());
    }

    @Test
    void shouldTakeSeveralObjectsInOneFrameAndPipelinedBehindConnect() {
        // Given
        ChatClient client = opened();

        // When
        client.sendText("{\"id\":1,\"connect\":{\"token\":\"" + token(alice)
                + "\"}}\n{\"id\":\"two\",\"ping\":{}}\n\n{\"id\":3,\"ping\":{}}");

        // Then
        client.reply(3);
        assertThat(client.received().stream().map(frame -> frame.path("id").asText()))
                .containsExactly("1", "two", "3");
    }

    @Test
    void shouldPushWhatWasMissedInOrderAndThenGoOnLive() {
        // Given
        String room = group(alice, bob);
        ChatClient sender = connected(alice);
        int missed = 230;
        List<Integer> ids = IntStream.range(0, missed)
                .mapToObj(i -> sender.startSend(room, "c" + i, "m" + i))
                .toList();
        ids.forEach(id -> assertThat(sender.reply(id).has("send")).isTrue());

        // When
        ChatClient other = resumed(bob, room, 0);
        sender.reply(sender.startSend(room, "last", "live"));

        // Then
        long last = sender.awaitEvents(room, missed + 1).getLast().path("seq").asLong();
        List<JsonNode> events = other.awaitEvents(room, (int) last);
        assertThat(other.received().getFirst().has("connect")).isTrue();
        assertThat(events.getFirst().path("seq").asLong()).isEqualTo(1);
        assertThat(events.getLast().path("text").asText()).isEqualTo("live");
        assertDense(events);
    }

    @Test
    void shouldTellAGapWhenTooMuchWasMissed() {
        // Given
        String room = group(alice, bob);
        ChatClient sender = connected(alice);
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 1_005; i++) {
            ids.add(sender.startSend(room, "c" + i, "m" + i));
            if (i % 100 == 99) {
                sender.reply(ids.getLast());
            }
        }
        ids.forEach(
                id -> assertThat(sender.reply(id).has("send")).as("send %s", id).isTrue());

        // When
        ChatClient other = resumed(bob, room, 1);
        sender.reply(sender.startSend(room, "last", "live"));

        // Then
        JsonNode entry = other.received().getFirst().at("/connect/rooms/0");
        assertThat(entry.path("gap").asBoolean()).isTrue();
        JsonNode first = other.awaitEvents(room, 1).getFirst();
        assertThat(first.path("seq").asLong()).isEqualTo(entry.path("tail").asLong() + 1);
        assertThat(first.path("text").asText()).isEqualTo("live");
    }

    @Test
    void shouldPageHistoryAndStoreTheReadMarker() {
        // Given
        String room = group(alice, bob);
        ChatClient client = connected(alice);
        long seq = client.reply(client.startSend(room, "c1", "hello"))
                .at("/send/seq")
                .asLong();

        // When
        JsonNode history = client.request("history", object().put("room", room).put("limit", 1))
                .path("history");
        JsonNode read = client.request("read", object().put("room", room).put("seq", seq));

        // Then
        assertThat(history.path("events")).hasSize(1);
        assertThat(history.at("/events/0/text").asText()).isEqualTo("hello");
        assertThat(read.has("read")).isTrue();
        assertThat(connected(alice)
                        .received()
                        .getFirst()
                        .at("/connect/rooms/0/read")
                        .asLong())
                .isEqualTo(seq);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{\"id\":7}",
                "{\"id\":7,\"send\":{",
                "{\"id\":7,\"send\":{}}",
                "{\"id\":7,\"ping\":{},\"read\":{}}",
                "{\"id\":7,\"dance\":{\"room\":\"r\"}}",
                "{\"id\":7,\"read\":{\"room\":\"has space\",\"seq\":1}}",
                "{\"id\":7,\"connect\":{\"token\":\"again\"}}"
            })
    void shouldAnswerABadFrameWithAnErrorAndGoOn(String frame) {
        // Given
        ChatClient client = connected(alice);
        ChatClient other = connected(bob);

        // When
        client.sendText(frame);

        // Then
        JsonNode error = client.awaitFrame(answer -> answer.has("error"));
        assertThat(error.at("/error/code").asText()).isIn("invalid", "unsupported");
        assertThat(error.at("/error/message").asText()).isNotBlank();
        assertThat(client.request("ping", object()).has("ping")).isTrue();
        assertThat(other.request("ping", object()).has("ping")).isTrue();
    }

    @Test
    void shouldAnswerATooLargeMessageWithAnErrorAndGoOn() {
        // Given
        String room = group(alice);
        ChatClient client = connected(alice);

        // When
        JsonNode reply = client.reply(client.startSend(room, "c1", "x".repeat(70_000)));

        // Then
        assertThat(reply.at("/error/code").asText()).isEqualTo("too_large");
        assertThat(client.request("ping", object()).has("ping")).isTrue();
    }

    @Test
    void shouldCloseOnlyTheConnectionThatSendsATooLargeFrame() {
        // Given
        ChatClient client = connected(alice);
        ChatClient other = connected(bob);

        // When
        client.socket().sendText("x".repeat(600_000), true);

        // Then
        client.awaitClose();
        assertThat(other.request("ping", object()).has("ping")).isTrue();
    }

    @Test
    void shouldRefuseBinaryFrames() {
        // Given
        ChatClient client = connected(alice);

        // When
        client.socket().sendBinary(ByteBuffer.allocate(1), true).join();

        // Then
        assertThat(client.awaitClose()).isEqualTo(4503);
    }

    @Test
    void shouldLimitTheRateOfOneConnectionAndNotOfOthers() {
        // Given
        ChatClient client = connected(alice);
        ChatClient other = connected(bob);

        // When
        StringBuilder pings = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            pings.append("{\"id\":\"p\",\"ping\":{}}\n");
        }
        client.sendText(pings.toString());

        // Then
        JsonNode error = client.awaitFrame(answer -> answer.has("error")).path("error");
        assertThat(error.path("code").asText()).isEqualTo("rate_limited");
        assertThat(error.path("retryable").asBoolean()).isTrue();
        assertThat(error.path("retryAfterMs").asLong()).isPositive();
        assertThat(other.request("ping", object()).has("ping")).isTrue();
    }

    @Test
    void shouldNotTellARoomOfOthersFromNoRoom() {
        // Given
        String room = group(alice);
        ChatClient stranger = connected(bob);

        // When
        JsonNode foreign = stranger.reply(stranger.startSend(room, "c1", "hi")).path("error");
        JsonNode missing =
                stranger.reply(stranger.startSend("g-none", "c1", "hi")).path("error");

        // Then
        assertThat(foreign.path("code").asText()).isEqualTo("not_found");
        assertThat(foreign.toString().replace(room, "g-none")).isEqualTo(missing.toString());
    }

    @Test
    void shouldFollowRoomsThatAreAddedAndRemovedWhileConnected() {
        // Given
        ChatClient client = connected(bob);

        // When
        String room = group(alice, bob);
        ChatClient sender = connected(alice);
        sender.reply(sender.startSend(room, "c1", "welcome"));

        // Then
        client.awaitFrame(frame -> frame.at("/room/change").asText().equals("added")
                && frame.at("/room/room").asText().equals(room));
        client.awaitFrame(frame -> frame.toString().contains("welcome"));

        // When
        api(alice).delete("/api/v1/rooms/" + room + "/members/" + bob).then().statusCode(204);

        // Then
        client.awaitFrame(frame -> frame.at("/room/change").asText().equals("removed")
                && frame.at("/room/room").asText().equals(room));
        assertThat(client.reply(client.startSend(room, "c2", "still here?"))
                        .at("/error/code")
                        .asText())
                .isEqualTo("not_found");
    }

    @Test
    void shouldFindTheSameDirectRoomFromBothSides() {
        // When
        String fromAlice = direct(alice, bob);
        String fromBob = direct(bob, alice);

        // Then
        assertThat(fromAlice).isEqualTo(fromBob);
        ChatClient one = connected(alice);
        ChatClient other = connected(bob);
        one.startSend(fromAlice, "c1", "hi");
        assertThat(other.awaitFrame(frame -> frame.toString().contains("\"hi\""))
                        .at("/push/room")
                        .asText())
                .isEqualTo(fromAlice);
    }

    private static void assertDense(List<JsonNode> events) {
        long first = events.getFirst().path("seq").asLong();
        assertThat(events.stream().map(event -> event.path("seq").asLong()))
                .containsExactlyElementsOf(
                        LongStream.range(first, first + events.size()).boxed().toList());
    }

    private ChatClient opened() {
        return kept(ChatClient.open(base));
    }

    private ChatClient connected(String user) {
        return kept(ChatClient.connected(base, token(user)));
    }

    private ChatClient resumed(String user, String room, long seq) {
        return kept(ChatClient.resumed(base, token(user), object().put(room, seq)));
    }

    private ChatClient kept(ChatClient client) {
        clients.add(client);
        return client;
    }

    private String group(String owner, String... members) {
        return create(owner, Map.of("kind", "group", "name", "Team", "members", members));
    }

    private String direct(String me, String other) {
        return create(me, Map.of("kind", "direct", "with", other));
    }

    private String create(String user, Map<String, Object> body) {
        return api(user)
                .body(body)
                .post("/api/v1/rooms")
                .then()
                .statusCode(201)
                .extract()
                .path("room");
    }

    private io.restassured.specification.RequestSpecification api(String user) {
        return RestAssured.given().auth().oauth2(token(user)).contentType("application/json");
    }

    private static String token(String user) {
        return GeneratedKeys.ISSUER.token(user);
    }
}
