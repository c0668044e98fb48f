package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatClient.object;
import static io.chatcluster.chat.session.ChatFixture.api;
import static io.chatcluster.chat.session.ChatFixture.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes of messages, history, read receipts and sending for others, over both interfaces. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class ConversationTest {
    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @Test
    void shouldEditReactAndDeleteOverTheWebSocket() {
        // Given
        String room = group(chat.alice, chat.bob);
        ChatClient client = chat.connected(chat.alice);
        ChatClient other = chat.connected(chat.bob);
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
        assertThat(message.at("/reactions/👍/users/0").asText()).isEqualTo(chat.bob);
        assertThat(refused.at("/error/code").asText()).isEqualTo("forbidden");
        assertThat(deleted.at("/delete/seq").asLong()).isEqualTo(seq + 3);
        assertThat(other.awaitEvents(room, 4))
                .extracting(event -> event.path("type").asText())
                .containsExactly("message", "edit", "reaction", "delete");
    }

    @Test
    void shouldEditReactAndDeleteOverHttp() {
        // Given
        String room = group(chat.alice, chat.bob);
        String messages = "/api/v1/rooms/" + room + "/messages";
        int seq = api(chat.alice)
                .body(Map.of("clientMessageId", "c1", "text", "first"))
                .post(messages)
                .then()
                .statusCode(200)
                .extract()
                .path("seq");

        // When
        api(chat.alice)
                .body(Map.of("text", "second"))
                .patch(messages + "/" + seq)
                .then()
                .statusCode(200)
                .body("seq", equalTo(seq + 1));
        api(chat.bob)
                .put(messages + "/" + seq + "/reactions/{emoji}", "👍")
                .then()
                .statusCode(200)
                .body("seq", equalTo(seq + 2));
        api(chat.bob)
                .put(messages + "/" + seq + "/reactions/{emoji}", "👍")
                .then()
                .statusCode(200)
                .body("seq", equalTo(seq + 2));

        // Then
        api(chat.bob)
                .get(messages)
                .then()
                .statusCode(200)
                .body("events[0].text", equalTo("second"), "events[0].reactions.'👍'.count", equalTo(1));
        api(chat.bob)
                .delete(messages + "/" + seq + "/reactions/{emoji}", "👍")
                .then()
                .statusCode(200);
        api(chat.alice).delete(messages + "/" + seq).then().statusCode(200);
        api(chat.bob).get(messages).then().body("events[0].deleted", equalTo(true), "events[0].text", equalTo(null));
        api(chat.bob).patch(messages + "/" + seq).then().statusCode(400);
        api(chat.alice)
                .body(Map.of("text", "late"))
                .patch(messages + "/" + seq)
                .then()
                .statusCode(409);
    }

    @Test
    void shouldPageTheHistoryByTime() {
        // Given
        String room = group(chat.alice, chat.bob);
        ChatClient client = chat.connected(chat.alice);
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
        String room = group(chat.alice, chat.bob);
        ChatClient phone = chat.connected(chat.alice);
        ChatClient laptop = chat.connected(chat.alice);
        ChatClient other = chat.connected(chat.bob);
        long seq =
                other.reply(other.startSend(room, "c1", "hi")).at("/send/seq").asLong();

        // When
        JsonNode reply = phone.request("read", target(room, seq));

        // Then
        assertThat(reply.has("read")).isTrue();
        for (ChatClient client : List.of(laptop, other)) {
            JsonNode told = client.awaitFrame(frame -> frame.has("read") && !frame.has("id"));
            assertThat(told.at("/read/room").asText()).isEqualTo(room);
            assertThat(told.at("/read/user").asText()).isEqualTo(chat.alice);
            assertThat(told.at("/read/seq").asLong()).isEqualTo(seq);
        }
    }

    @Test
    void shouldLetABackEndSendAndCreateAndListForOthers() {
        // Given
        String token = GeneratedKeys.ISSUER.adminToken("backend-" + chat.run());

        // When
        String room = RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType("application/json")
                .body(Map.of("kind", "direct", "from", chat.alice, "with", chat.bob))
                .post("/api/v1/rooms")
                .then()
                .statusCode(201)
                .extract()
                .path("room");
        RestAssured.given()
                .auth()
                .oauth2(token)
                .contentType("application/json")
                .body(Map.of("clientMessageId", "c1", "text", "hi", "from", chat.alice))
                .post("/api/v1/rooms/" + room + "/messages")
                .then()
                .statusCode(200);

        // Then
        RestAssured.given()
                .auth()
                .oauth2(token)
                .get("/api/v1/rooms?user=" + chat.bob)
                .then()
                .statusCode(200)
                .body("rooms.room", hasItem(room));
        api(chat.bob)
                .get("/api/v1/rooms/" + room + "/messages")
                .then()
                .body("events.find { it.type == 'message' }.from", equalTo(chat.alice));
    }

    @Test
    void shouldLetNobodyElseActForOthers() {
        // Given
        String room = group(chat.alice, chat.bob);

        // Then
        api(chat.bob)
                .body(Map.of("clientMessageId", "c1", "text", "hi", "from", chat.alice))
                .post("/api/v1/rooms/" + room + "/messages")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        api(chat.bob).get("/api/v1/rooms?user=" + chat.alice).then().statusCode(403);
        api(chat.bob)
                .body(Map.of("kind", "direct", "from", chat.alice, "with", chat.bob))
                .post("/api/v1/rooms")
                .then()
                .statusCode(403);
    }

    private static ObjectNode target(String room, long seq) {
        return object().put("room", room).put("seq", seq);
    }
}
