package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatClient.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of messages, history, read receipts and sending for others, over both interfaces. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class ConversationTest {
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
    void shouldEditReactAndDeleteOverTheWebSocket() {
        // Given
        String room = group();
        ChatClient client = connected(alice);
        ChatClient other = connected(bob);
        long seq = client.reply(client.startSend(room, "c1", "first"))
                .at("/send/seq")
                .asLong();

        // When
        JsonNode edited = client.request("edit", target(room, seq).put("text", "second"));
        JsonNode reacted = other.request("react", target(room, seq).put("emoji", "👍"));
        JsonNode page = other.request("history", object().put("room", room));
        JsonNode refused = other.request("delete", target(room, seq));
        JsonNode deleted = client.request("delete", target(room, seq));

        // Then
        assertThat(edited.at("/edit/seq").asLong()).isEqualTo(seq + 1);
        assertThat(reacted.at("/react/seq").asLong()).isEqualTo(seq + 2);
        JsonNode message = page.at("/history/events/0");
        assertThat(message.path("text").asText()).isEqualTo("second");
        assertThat(message.path("editedAt").asLong()).isPositive();
        assertThat(message.at("/reactions/👍/users/0").asText()).isEqualTo(bob);
        assertThat(refused.at("/error/code").asText()).isEqualTo("forbidden");
        assertThat(deleted.at("/delete/seq").asLong()).isEqualTo(seq + 3);
        assertThat(other.awaitEvents(room, 4))
                .extracting(event -> event.path("type").asText())
                .containsExactly("message", "edit", "reaction", "delete");
    }

    @Test
    void shouldEditReactAndDeleteOverHttp() {
        // Given
        String room = group();
        String messages = "/api/v1/rooms/" + room + "/messages";
        int seq = api(alice)
                .body(Map.of("clientMessageId", "c1", "text", "first"))
                .post(messages)
                .then()
                .statusCode(200)
                .extract()
                .path("seq");

        // When
        api(alice)
                .body(Map.of("text", "second"))
                .patch(messages + "/" + seq)
                .then()
                .statusCode(200)
                .body("seq", equalTo(seq + 1));
        api(bob).put(messages + "/" + seq + "/reactions/{emoji}", "👍")
                .then()
                .statusCode(200)
                .body("seq", equalTo(seq + 2));
        api(bob).put(messages + "/" + seq + "/reactions/{emoji}", "👍")
                .then()
                .statusCode(200)
                .body("seq", equalTo(seq + 2));

        // Then
        api(bob).get(messages)
                .then()
                .statusCode(200)
                .body("events[0].text", equalTo("second"), "events[0].reactions.'👍'.count", equalTo(1));
        api(bob).delete(messages + "/" + seq + "/reactions/{emoji}", "👍")
                .then()
                .statusCode(200);
        api(alice).delete(messages + "/" + seq).then().statusCode(200);
        api(bob).get(messages).then().body("events[0].deleted", equalTo(true), "events[0].text", equalTo(null));
        api(bob).patch(messages + "/" + seq).then().statusCode(400);
        api(alice)
                .body(Map.of("text", "late"))
                .patch(messages + "/" + seq)
                .then()
                .statusCode(409);
    }

    @Test
    void shouldPageTheHistoryByTime() {
        // Given
        String room = group();
        ChatClient client = connected(alice);
        client.reply(client.startSend(room, "c1", "first"));
        long time = client.reply(client.startSend(room, "c2", "second"))
                .at("/send/time")
                .asLong();

        // When
        JsonNode now = client.request("history", object().put("room", room).put("at", time));
        JsonNode later = client.request("history", object().put("room", room).put("at", time + 60_000));

        // Then
        assertThat(now.at("/history/events").findValuesAsText("text")).contains("second");
        assertThat(later.at("/history/events")).isEmpty();
    }

    @Test
    void shouldTellTheOthersAndTheUsersOtherDevicesWhatIsRead() {
        // Given
        String room = group();
        ChatClient phone = connected(alice);
        ChatClient laptop = connected(alice);
        ChatClient other = connected(bob);
        long seq =
                other.reply(other.startSend(room, "c1", "hi")).at("/send/seq").asLong();

        // When
        JsonNode reply = phone.request("read", target(room, seq));

        // Then
        assertThat(reply.has("read")).isTrue();
        for (ChatClient client : List.of(laptop, other)) {
            JsonNode told = client.awaitFrame(frame -> frame.has("read") && !frame.has("id"));
            assertThat(told.at("/read/room").asText()).isEqualTo(room);
            assertThat(told.at("/read/user").asText()).isEqualTo(alice);
            assertThat(told.at("/read/seq").asLong()).isEqualTo(seq);
        }
    }

    @Test
    void shouldLetABackEndSendAndCreateAndListForOthers() {
        // Given
        String token = GeneratedKeys.ISSUER.adminToken("backend-" + run);

        // When
        String room = RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType("application/json")
                .body(Map.of("kind", "direct", "from", alice, "with", bob))
                .post("/api/v1/rooms")
                .then()
                .statusCode(201)
                .extract()
                .path("room");
        RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType("application/json")
                .body(Map.of("clientMessageId", "c1", "text", "hi", "from", alice))
                .post("/api/v1/rooms/" + room + "/messages")
                .then()
                .statusCode(200);

        // Then
        RestAssured.given()
                .auth()
                .oauth2(token)
                .get("/api/v1/rooms?user=" + bob)
                .then()
                .statusCode(200)
                .body("rooms.room", hasItem(room));
        api(bob).get("/api/v1/rooms/" + room + "/messages")
                .then()
                .body("events.find { it.type == 'message' }.from", equalTo(alice));
    }

    @Test
    void shouldLetNobodyElseActForOthers() {
        // Given
        String room = group();

        // Then
        api(bob).body(Map.of("clientMessageId", "c1", "text", "hi", "from", alice))
                .post("/api/v1/rooms/" + room + "/messages")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        api(bob).get("/api/v1/rooms?user=" + alice).then().statusCode(403);
        api(bob).body(Map.of("kind", "direct", "from", alice, "with", bob))
                .post("/api/v1/rooms")
                .then()
                .statusCode(403);
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode target(String room, long seq) {
        return object().put("room", room).put("seq", seq);
    }

    private ChatClient connected(String user) {
        ChatClient client = ChatClient.connected(base, GeneratedKeys.ISSUER.token(user));
        clients.add(client);
        return client;
    }

    private String group() {
        return api(alice)
                .body(Map.of("kind", "group", "name", "Team", "members", List.of(bob)))
                .post("/api/v1/rooms")
                .then()
                .statusCode(201)
                .extract()
                .path("room");
    }

    private static RequestSpecification api(String user) {
        return RestAssured.given()
                .auth()
                .oauth2(GeneratedKeys.ISSUER.token(user))
                .contentType("application/json");
    }
}
