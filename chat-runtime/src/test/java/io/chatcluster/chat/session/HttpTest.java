package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatFixture.api;
import static io.chatcluster.chat.session.ChatFixture.group;
import static io.chatcluster.chat.session.ChatFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class HttpTest {
    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @Test
    void shouldAnswerWithoutATokenByAProblem() {
        RestAssured.get("/api/v1/rooms")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthenticated"), "status", equalTo(401), "detail", notNullValue());
    }

    @Test
    void shouldSayWhoTheCallerIs() {
        api(chat.alice).get("/api/v1/users/me").then().statusCode(200).body("user", equalTo(chat.alice));
    }

    @Test
    void shouldCreateListRenameAndDeleteAGroupRoom() {
        // Given
        String room = group(chat.alice, chat.bob);

        // When
        api(chat.alice)
                .body(Map.of("name", "Crew"))
                .patch("/api/v1/rooms/" + room)
                .then()
                .statusCode(200)
                .body("name", equalTo("Crew"));

        // Then
        api(chat.bob)
                .get("/api/v1/rooms")
                .then()
                .statusCode(200)
                .body("rooms.room", contains(room), "rooms[0].name", equalTo("Crew"));
        api(chat.bob).delete("/api/v1/rooms/" + room).then().statusCode(403).body("code", equalTo("forbidden"));
        api(chat.alice).delete("/api/v1/rooms/" + room).then().statusCode(204);
        api(chat.alice).get("/api/v1/rooms/" + room).then().statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void shouldAddAndRemoveMembersWithRoles() {
        // Given
        String room = group(chat.alice);
        String members = "/api/v1/rooms/" + room + "/members";

        // When
        api(chat.alice)
                .body(Map.of("role", "readonly"))
                .put(members + "/" + chat.bob)
                .then()
                .statusCode(204);

        // Then
        api(chat.alice)
                .get(members)
                .then()
                .body("members.user", hasItems(chat.alice, chat.bob), "members.role", hasItems("owner", "readonly"));
        message(chat.bob, room, "c1").then().statusCode(403);
        api(chat.bob).delete(members + "/" + chat.bob).then().statusCode(204);
        message(chat.bob, room, "c1").then().statusCode(404);
    }

    @Test
    void shouldSendAndPageMessages() {
        // Given
        String room = group(chat.alice);
        int first = message(chat.alice, room, "c1")
                .then()
                .statusCode(200)
                .body("duplicate", equalTo(false))
                .extract()
                .path("seq");
        message(chat.alice, room, "c2").then().statusCode(200).body("seq", equalTo(first + 1));
        message(chat.alice, room, "c1").then().statusCode(200).body("seq", equalTo(first), "duplicate", equalTo(true));
        String messages = "/api/v1/rooms/" + room + "/messages";

        // Then
        api(chat.alice)
                .get(messages + "?limit=1")
                .then()
                .statusCode(200)
                .body("events", hasSize(1), "events[0].clientMessageId", equalTo("c2"), "more", equalTo(true));
        api(chat.alice)
                .get(messages + "?before=" + (first + 1) + "&limit=1")
                .then()
                .body("events.clientMessageId", contains("c1"));
        api(chat.alice)
                .get(messages + "?after=" + first)
                .then()
                .body("events.clientMessageId", contains("c2"), "more", equalTo(false));
        api(chat.alice)
                .get(messages + "?at=2000-01-01T00:00:00Z&limit=1")
                .then()
                .body("events[0].seq", equalTo(1));
        api(chat.bob).get(messages).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before=x", "limit=0", "limit=x", "at=yesterday", "before=1&after=1"})
    void shouldNameTheParameterThatIsWrong(String query) {
        api(chat.alice)
                .get("/api/v1/rooms/" + group(chat.alice) + "/messages?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid"), "detail", containsString(query.substring(0, query.indexOf('='))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kind\":\"party\"}           | kind",
                "{\"kind\":\"direct\"}          | with",
                "{\"kind\":\"direct\",\"with\":\"a b\"} | user",
                "{                              | JSON",
                "[]                             | JSON",
                "``                             | body"
            })
    void shouldNameTheFieldOfTheBodyThatIsWrong(String body, String named) {
        api(chat.alice)
                .body(body)
                .post("/api/v1/rooms")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid"), "detail", containsString(named));
    }

    @Test
    void shouldSayThatAClusterWithoutABucketHasNoAttachments() {
        // Given
        MediaClient user = new MediaClient(chat.alice);
        String room = group(chat.alice);

        // When
        // Then
        for (Response answer : List.of(
                user.announce(room, "a.png", "image/png", 100),
                user.send(room, "c1", "AAAAAAAAAAAAAAAAAAAAAA"),
                user.download("AAAAAAAAAAAAAAAAAAAAAA"))) {
            answer.then().statusCode(501).body("code", equalTo("unsupported"), "retryable", equalTo(false));
        }
        user.send(room, "c1").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_1,true", "HTTP_1_1,false", "HTTP_2,false"})
    void shouldSayThatABodyIsTooLarge(HttpClient.Version version, boolean asksFirst) throws Exception {
        // Given
        HttpRequest announced = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/v1/rooms"))
                .version(version)
                .expectContinue(asksFirst)
                .header("Authorization", "Bearer " + GeneratedKeys.ISSUER.token(chat.alice))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"kind\":\"" + "x".repeat(600_000) + "\"}"))
                .build();

        // When
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(announced, HttpResponse.BodyHandlers.ofString());

            // Then
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).contains("\"code\":\"too_large\"", "524288 bytes");
        }
    }

    @Test
    void shouldSayInItsDocumentHowToAuthenticate() {
        // When
        Response document = RestAssured.given().accept("application/json").get("/q/openapi");

        // Then
        document.then()
                .body("components.securitySchemes.token.type", equalTo("http"))
                .body("components.securitySchemes.token.scheme", equalTo("bearer"))
                .body("security[0].token", empty());
    }

    @Test
    void shouldServeThePageUnderAStrictPolicy() {
        RestAssured.get("/")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header(
                        "Content-Security-Policy",
                        containsString("default-src 'none'; script-src 'self'; style-src 'self';"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-cache");
    }

    @Test
    void shouldServeBothInterfaceDocuments() {
        RestAssured.get("/asyncapi.yaml").then().statusCode(200).body(containsString("asyncapi: 3.0.0"));
        RestAssured.given()
                .accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/api/v1/rooms/{room}/messages"))
                .body(containsString("/api/v1/rooms/{room}/attachments"))
                .body(containsString("/api/v1/attachments/{attachment}"));
    }
}
