package io.chatcluster.chat.session;

import static io.chatcluster.chat.services.Patience.await;
import static io.chatcluster.chat.session.ChatClient.object;
import static io.chatcluster.chat.session.ChatFixture.api;
import static io.chatcluster.chat.session.ChatFixture.direct;
import static io.chatcluster.chat.session.ChatFixture.group;
import static io.chatcluster.chat.session.ChatFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, presence, blocks and room lists, over HTTP and the WebSocket. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class PeopleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @Test
    void shouldShowAndFindUsersFromTheirFirstSignIn() {
        // Given
        api(chat.alice).get("/api/v1/users/" + chat.bob).then().statusCode(404).body("code", equalTo("not_found"));

        // When
        try (ChatClient client = chat.connected(chat.bob)) {
            assertThat(client.closeCode()).isNull();
        }

        // Then
        api(chat.alice)
                .get("/api/v1/users/" + chat.bob)
                .then()
                .statusCode(200)
                .body("user", equalTo(chat.bob), "displayName", nullValue());
        await().atMost(PATIENCE)
                .untilAsserted(() -> api(chat.alice)
                        .get("/api/v1/users?query=" + chat.run())
                        .then()
                        .statusCode(200)
                        .body("users.user", contains(chat.alice, chat.bob)));
    }

    @Test
    void shouldReplaceTheOwnProfile() {
        // When
        api(chat.alice)
                .body(Map.of("displayName", "Älice " + chat.run()))
                .put("/api/v1/users/me")
                .then()
                .statusCode(200)
                .body(
                        "user",
                        equalTo(chat.alice),
                        "displayName",
                        equalTo("Älice " + chat.run()),
                        "expiresAt",
                        notNullValue());

        // Then
        api(chat.bob).get("/api/v1/users/" + chat.alice).then().body("displayName", equalTo("Älice " + chat.run()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> api(chat.bob)
                        .queryParam("query", "älice " + chat.run())
                        .queryParam("limit", 1)
                        .get("/api/v1/users")
                        .then()
                        .body(
                                "users.user",
                                contains(chat.alice),
                                "users[0].displayName",
                                equalTo("Älice " + chat.run())));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/users, query",
        "/api/v1/users?query=%20, query",
        "/api/v1/users?query=a&limit=0, limit",
        "/api/v1/users?query=a&cursor=%21, cursor",
        "/api/v1/presence, users",
        "/api/v1/rooms?cursor=x, cursor",
        "/api/v1/rooms?limit=x, limit"
    })
    void shouldNameTheParameterThatIsWrong(String path, String parameter) {
        api(chat.alice)
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid"), "detail", startsWith(parameter));
    }

    @Test
    void shouldBlockAndUnblock() {
        // Given
        String direct = direct(chat.alice, chat.bob);

        // When
        api(chat.alice).put("/api/v1/users/me/blocks/" + chat.bob).then().statusCode(204);

        // Then
        api(chat.alice).get("/api/v1/users/me/blocks").then().statusCode(200).body("users", contains(chat.bob));
        message(chat.bob, direct, "c1").then().statusCode(403).body("code", equalTo("forbidden"));
        api(chat.bob)
                .body(Map.of("kind", "direct", "with", chat.alice))
                .post("/api/v1/rooms")
                .then()
                .statusCode(403);
        api(chat.alice).delete("/api/v1/users/me/blocks/" + chat.bob).then().statusCode(204);
        api(chat.alice).get("/api/v1/users/me/blocks").then().body("users", empty());
        message(chat.bob, direct, "c1").then().statusCode(200);
    }

    @Test
    void shouldPageTheRoomsWithTheirLastMessageAndMute() {
        // Given
        String direct = direct(chat.alice, chat.bob);
        String group = group(chat.alice, chat.bob);
        message(chat.bob, group, "c1").then().statusCode(200);
        message(chat.bob, direct, "c1").then().statusCode(200);

        // When
        api(chat.alice)
                .body(Map.of("muted", true))
                .patch("/api/v1/rooms/" + group + "/me")
                .then()
                .statusCode(200)
                .body("muted", equalTo(true));

        // Then
        String cursor = api(chat.alice)
                .get("/api/v1/rooms?limit=1")
                .then()
                .statusCode(200)
                .body(
                        "rooms.room", contains(direct),
                        "rooms[0].with", equalTo(chat.bob),
                        "rooms[0].members", equalTo(2),
                        "rooms[0].lastMessage.text", equalTo("hi"),
                        "rooms[0].unread", equalTo(1),
                        "rooms[0].muted", equalTo(false))
                .extract()
                .path("cursor");
        api(chat.alice)
                .queryParam("cursor", cursor)
                .get("/api/v1/rooms")
                .then()
                .body("rooms.room", contains(group), "rooms[0].muted", equalTo(true), "cursor", nullValue());
        api(chat.alice)
                .queryParam(
                        "cursor",
                        api(chat.alice)
                                .get("/api/v1/rooms/" + group + "/members?limit=1")
                                .then()
                                .body("members.user", contains(chat.alice))
                                .extract()
                                .<String>path("cursor"))
                .get("/api/v1/rooms/" + group + "/members")
                .then()
                .body("members.user", contains(chat.bob), "cursor", nullValue());
    }

    @Test
    void shouldPushAndAnswerPresence() {
        // Given
        String room = group(chat.alice, chat.bob);
        try (ChatClient watcher = chat.connected(chat.alice)) {

            // When
            watcher.request("subscribe", presenceOf(chat.bob));
            watcher.awaitFrame(frame -> presence(frame, chat.bob, "offline"));
            try (ChatClient other = chat.connected(chat.bob)) {
                watcher.awaitFrame(frame -> presence(frame, chat.bob, "online"));
                assertThat(other.closeCode()).isNull();
            }

            // Then
            api(chat.alice)
                    .get("/api/v1/presence?users=" + chat.bob + "," + chat.run() + "-stranger")
                    .then()
                    .statusCode(200)
                    .body("presence.user", contains(chat.bob, chat.run() + "-stranger"))
                    .body("presence.state", contains("online", "offline"));
            api(chat.bob)
                    .get("/api/v1/rooms/" + room + "/presence")
                    .then()
                    .statusCode(200)
                    .body("members", equalTo(2), "online", equalTo(2), "away", equalTo(0));
            assertThat(watcher.request("unsubscribe", presenceOf(chat.bob)).has("unsubscribe"))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/users",
                "/api/v1/users/me",
                "/api/v1/users/{user}",
                "/api/v1/users/me/blocks",
                "/api/v1/users/me/blocks/{user}",
                "/api/v1/presence",
                "/api/v1/rooms/{room}/presence",
                "/api/v1/rooms/{room}/me",
                "/api/v1/rooms/{room}/members"
            })
    void shouldDescribeTheInterface(String path) {
        RestAssured.given()
                .accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("paths.'" + path + "'", notNullValue());
    }

    @Test
    void shouldPushTyping() {
        // Given
        String room = group(chat.alice, chat.bob);
        try (ChatClient typist = chat.connected(chat.alice);
                ChatClient reader = chat.connected(chat.bob)) {

            // When
            await().atMost(PATIENCE).pollInterval(TypingThrottle.PERIOD).until(() -> {
                assertThat(typist.request("typing", object().put("room", room)).has("typing"))
                        .isTrue();
                return reader.received().stream().anyMatch(frame -> typing(frame, room, chat.alice));
            });

            // Then
            assertThat(typist.received()).noneMatch(frame -> typing(frame, room, chat.alice));
            assertThat(typist.request("typing", object().put("room", "g-none"))
                            .at("/error/code")
                            .asText())
                    .isEqualTo("not_found");
        }
    }

    private static boolean presence(JsonNode frame, String user, String state) {
        return frame.at("/presence/user").asText().equals(user)
                && frame.at("/presence/state").asText().equals(state);
    }

    private static boolean typing(JsonNode frame, String room, String user) {
        return frame.at("/typing/room").asText().equals(room)
                && frame.at("/typing/user").asText().equals(user);
    }

    private static ObjectNode presenceOf(String user) {
        ObjectNode body = object();
        body.putArray("presenceOf").add(user);
        return body;
    }
}
