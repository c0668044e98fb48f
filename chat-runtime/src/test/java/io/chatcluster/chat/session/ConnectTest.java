package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatClient.object;
import static io.chatcluster.chat.session.ChatFixture.group;
import static io.chatcluster.chat.session.ChatFixture.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a connection begins, and whose does not. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class ConnectTest {

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @Test
    void shouldReplyToConnectWithTheUsersRooms() {
        // Given
        String room = group(chat.alice, chat.bob);

        // When
        ChatClient client = chat.connected(chat.bob);

        // Then
        JsonNode reply = client.received().getFirst().path("connect");
        assertThat(reply.path("user").asText()).isEqualTo(chat.bob);
        assertThat(reply.path("pingSeconds").asInt()).isPositive();
        assertThat(reply.path("rooms")).hasSize(1);
        assertThat(reply.path("rooms").get(0).path("room").asText()).isEqualTo(room);
        assertThat(reply.path("rooms").get(0).path("role").asText()).isEqualTo("member");
    }

    @RepeatedTest(25)
    void shouldTakeCommandsInOrderThatComeAtOnceAfterTheHandshake() {
        // Given
        List<String> commands = new ArrayList<>();
        commands.add(RawSocket.connect(token(chat.alice)));
        for (int id = 2; id <= 20; id++) {
            commands.add("{\"id\":" + id + ",\"ping\":{}}");
        }

        // When
        List<String> replies = new ArrayList<>();
        try (RawSocket socket = new RawSocket(ChatFixture.base())) {
            socket.sendTexts(commands);
            while (replies.size() < commands.size()) {
                socket.awaitText()
                        .lines()
                        .filter(line -> line.contains("\"id\":"))
                        .forEach(replies::add);
            }
        }

        // Then
        assertThat(replies)
                .extracting(reply -> reply.replaceAll(".*\"id\":(\\d+).*", "$1"))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).toList());
    }

    @Test
    void shouldRefuseABadTokenAndNotAskToReconnect() {
        // Given
        ChatClient client = chat.opened();

        // When
        JsonNode reply = client.request("connect", object().put("token", "nonsense"));

        // Then
        assertThat(reply.path("error").path("code").asText()).isEqualTo("unauthenticated");
        assertThat(client.awaitClose()).isEqualTo(4500);
    }

    @Test
    void shouldCloseWhenNoConnectComesInTime() {
        // When
        ChatClient client = chat.opened();

        // Then
        assertThat(client.awaitClose()).isEqualTo(4006);
    }

    @Test
    void shouldRefuseOtherCommandsBeforeConnect() {
        // Given
        ChatClient client = chat.opened();

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
                        .buildAsync(ChatClient.address(ChatFixture.base()), new java.net.http.WebSocket.Listener() {})
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
                        .buildAsync(ChatClient.address(ChatFixture.base()), new java.net.http.WebSocket.Listener() {})
                        .join())
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .hasStackTraceContaining("403");
    }

    @Test
    void shouldBoundTheConnectionsOfAUser() {
        // Given
        chat.connected(chat.alice);
        chat.connected(chat.alice);
        chat.connected(chat.alice);

        // When
        ChatClient fourth = chat.connected(chat.alice);

        // Then
        assertThat(fourth.received().getFirst().path("error").path("code").asText())
                .isEqualTo("rate_limited");
        assertThat(fourth.awaitClose()).isEqualTo(4502);
    }

    @Test
    void shouldTakeSeveralObjectsInOneFrameAndPipelinedBehindConnect() {
        // Given
        ChatClient client = chat.opened();

        // When
        client.sendText("{\"id\":1,\"connect\":{\"token\":\"" + token(chat.alice)
                + "\"}}\n{\"id\":\"two\",\"ping\":{}}\n\n{\"id\":3,\"ping\":{}}");

        // Then
        client.reply(3);
        assertThat(client.received().stream().map(frame -> frame.path("id").asText()))
                .containsExactly("1", "two", "3");
    }
}
