package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatClient.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, presence, blocks and room lists, over HTTP and the WebSocket. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class PeopleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String alice = run + "-alice";
    private final String bob = run + "-bob";

    @TestHTTPResource("/")
    URI base = URI.create("unset");

    @Test
    void shouldShowAndFindUsersFromTheirFirstSignIn() {
        // Given
        api(alice).get("/api/v1/users/" + bob).then().statusCode(404).body("code", equalTo("not_found"));

        // When
        try (ChatClient client = connect(bob)) {
            assertThat(client.closeCode()).isNull();
        }

        // Then
        api(alice)
                .get("/api/v1/users/" + bob)
                .then()
                .statusCode(200)
                .body("user", equalTo(bob), "displayName", nullValue());
        await().atMost(PATIENCE)
                .untilAsserted(() -> api(alice)
                        .get("/api/v1/users?query=" + run)
                        .then()
                        .statusCode(200)
                        .body("users.user", contains(alice, bob)));
    }

    @Test
    void shouldReplaceTheOwnProfile() {
        // When
        api(alice)
                .body(Map.of("displayName", "Älice " + run))
                .put("/api/v1/users/me")
                .then()
                .statusCode(200)
                .body("user", equalTo(alice), "displayName", equalTo("Älice " + run), "expiresAt", notNullValue());

        // Then
        api(bob).get("/api/v1/users/" + alice).then().body("displayName", equalTo("Älice " + run));
        await().atMost(PATIENCE)
                .untilAsserted(() -> api(bob).queryParam("query", "älice " + run)
                        .queryParam("limit", 1)
                        .get("/api/v1/users")
                        .then()
                        .body("users.user", contains(alice), "users[0].displayName", equalTo("Älice " + run)));
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
        api(alice)
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid"), "detail", startsWith(parameter));
    }

    @Test
    void shouldBlockAndUnblock() {
        // Given
        String direct = direct(alice, bob);

        // When
        api(alice).put("/api/v1/users/me/blocks/" + bob).then().statusCode(204);

        // Then
        api(alice).get("/api/v1/users/me/blocks").then().statusCode(200).body("users", contains(bob));
        message(bob, direct).then().statusCode(403).body("code", equalTo("forbidden"));
        api(bob).body(Map.of("kind", "direct", "with", alice))
                .post("/api/v1/rooms")
                .then()
                .statusCode(403);
        api(alice).delete("/api/v1/users/me/blocks/" + bob).then().statusCode(204);
        api(alice).get("/api/v1/users/me/blocks").then().body("users", empty());
        message(bob, direct).then().statusCode(200);
    }

    @Test
    void shouldPageTheRoomsWithTheirLastMessageAndMute() {
        // Given
        String direct = direct(alice, bob);
        String group = group(alice, bob);
        message(bob, group).then().statusCode(200);
        message(bob, direct).then().statusCode(200);

        // When
        api(alice)
                .body(Map.of("muted", true))
                .patch("/api/v1/rooms/" + group + "/me")
                .then()
                .statusCode(200)
                .body("muted", equalTo(true));

        // Then
        String cursor = api(alice)
                .get("/api/v1/rooms?limit=1")
                .then()
                .statusCode(200)
                .body(
                        "rooms.room", contains(direct),
                        "rooms[0].with", equalTo(bob),
                        "rooms[0].members", equalTo(2),
                        "rooms[0].lastMessage.text", equalTo("hi"),
                        "rooms[0].unread", equalTo(1),
                        "rooms[0].muted", equalTo(false))
                .extract()
                .path("cursor");
        api(alice)
                .queryParam("cursor", cursor)
                .get("/api/v1/rooms")
                .then()
                .body("rooms.room", contains(group), "rooms[0].muted", equalTo(true), "cursor", nullValue());
        api(alice)
                .get("/api/v1/rooms/" + group + "/members?limit=1")
                .then()
                .body("members", hasSize(1), "cursor", equalTo(alice));
    }

    @Test
    void shouldPushAndAnswerPresence() {
        // Given
        String room = group(alice, bob);
        try (ChatClient watcher = connect(alice)) {

            // When
            watcher.request("subscribe", presenceOf(bob));
            watcher.awaitFrame(frame -> presence(frame, bob, "offline"));
            try (ChatClient other = connect(bob)) {
                watcher.awaitFrame(frame -> presence(frame, bob, "online"));
                assertThat(other.closeCode()).isNull();
            }

            // Then
            api(alice)
                    .get("/api/v1/presence?users=" + bob + "," + run + "-stranger")
                    .then()
                    .statusCode(200)
                    .body("presence.user", contains(bob, run + "-stranger"))
                    .body("presence.state", contains("online", "offline"));
            api(bob).get("/api/v1/rooms/" + room + "/presence")
                    .then()
                    .statusCode(200)
                    .body("members", equalTo(2), "online", equalTo(2), "away", equalTo(0));
            assertThat(watcher.request("unsubscribe", presenceOf(bob)).has("unsubscribe"))
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
        String room = group(alice, bob);
        try (ChatClient typist = connect(alice);
                ChatClient reader = connect(bob)) {

            // When
            await().atMost(PATIENCE).pollInterval(TypingThrottle.PERIOD).until(() -> {
                assertThat(typist.request("typing", object().put("room", room)).has("typing"))
                        .isTrue();
                return reader.received().stream().anyMatch(frame -> typing(frame, room, alice));
            });

            // Then
            assertThat(typist.received()).noneMatch(frame -> typing(frame, room, alice));
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

    private ChatClient connect(String user) {
        return ChatClient.connected(base, GeneratedKeys.ISSUER.token(user));
    }

    private static String direct(String user, String other) {
        return create(user, Map.of("kind", "direct", "with", other));
    }

    private static String group(String user, String other) {
        return create(user, Map.of("kind", "group", "name", "Team", "members", List.of(other)));
    }

    private static String create(String user, Map<String, Object> body) {
        return api(user)
                .body(body)
                .post("/api/v1/rooms")
                .then()
                .statusCode(201)
                .extract()
                .path("room");
    }

    private static Response message(String user, String room) {
        return api(user)
                .body(Map.of("clientMessageId", UUID.randomUUID().toString(), "text", "hi"))
                .post("/api/v1/rooms/" + room + "/messages");
    }

    private static RequestSpecification api(String user) {
        return RestAssured.given()
                .auth()
                .oauth2(GeneratedKeys.ISSUER.token(user))
                .contentType("application/json");
    }
}
