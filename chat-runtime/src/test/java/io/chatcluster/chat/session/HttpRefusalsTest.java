package io.chatcluster.chat.session;

import static io.chatcluster.chat.session.ChatFixture.api;
import static io.chatcluster.chat.session.ChatFixture.direct;
import static io.chatcluster.chat.session.ChatFixture.group;
import static io.chatcluster.chat.session.ChatFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the HTTP interface refuses, and how it says so. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class HttpRefusalsTest {

    @RegisterExtension
    final ChatFixture chat = new ChatFixture();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"kind":"group","name":3}                        | name: must be a string
            {"kind":"direct","with":5}                       | with: must be a string
            {"kind":"direct","with":true}                    | with: must be a string
            {"kind":"group","name":"n","members":[1]}        | members[0]: must be a string
            {"kind":"group","name":"n","members":"bob"}      | members: must be an array
            {"kind":7}                                       | kind: must be a string
            {"kind":"group"}                                 | name: is missing
            {"kind":"group","name":""}                       | name: must have
            {"kind":"group","name":"  "}                     | name: must have
            {"kind":"group","name":"a\\u0000b"}              | name: must have
            {"kind":"group","name":"a\\nb"}                  | name: must have
            {"kind":"group","name":"a\\ud800"}               | name: must have
            {"kind":"group","name":"n"} {}                   | the body
            {"kind":                                         | the body
            []                                               | the body
            """)
    void shouldNameTheFieldOfANewRoomThatIsWrong(String body, String detail) {
        assertInvalid(api(chat.alice).body(body).post("/api/v1/rooms"), detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"clientMessageId":"c","text":5}                          | text: must be a string
            {"clientMessageId":5,"text":"x"}                          | clientMessageId: must be a string
            {"clientMessageId":"c","text":"x","replyTo":"1"}          | replyTo: must be an integer
            {"clientMessageId":"c","text":"x","replyTo":1.5}          | replyTo: must be an integer
            {"clientMessageId":"c","text":"x","replyTo":0}            | replyTo
            {"clientMessageId":"c","text":"x","replyTo":2}            | replyTo
            {"clientMessageId":"c","text":"x","replyTo":-1}           | replyTo
            {"clientMessageId":"c","text":"x","attachments":[5]}      | attachments[0]: must be a string
            {"clientMessageId":"c","text":" \\n\\t "}                 | text
            {"clientMessageId":"c","text":"\\u200b\\u00a0"}           | text
            {"clientMessageId":"c","text":"\\ud800"}                  | text
            {"clientMessageId":"c"}                                   | text
            {"clientMessageId":"\\udc00","text":"x"}                  | clientMessageId
            {"text":"x"}                                              | clientMessageId
            """)
    void shouldNameTheFieldOfAMessageThatIsWrong(String body, String detail) {
        // Given
        String room = group(chat.alice);
        message(chat.alice, room, "c1").then().statusCode(200).body("seq", equalTo(1));

        // Then
        assertInvalid(api(chat.alice).body(body).post("/api/v1/rooms/" + room + "/messages"), detail);
    }

    @ParameterizedTest
    @CsvSource({
        "/members?limit=1001, limit",
        "/members?limit=0, limit",
        "/members?cursor=!!, cursor",
        "/members?cursor=%20, cursor",
        "/messages?limit=201, limit",
        "/messages?limit=99999999999, limit"
    })
    void shouldHoldTheBoundsOfPagesOfARoom(String query, String parameter) {
        assertInvalid(
                api(chat.alice).urlEncodingEnabled(false).get("/api/v1/rooms/" + group(chat.alice) + query), parameter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/rooms?limit=101",
                "/api/v1/users?query=a&limit=101",
                "/api/v1/users/me/blocks?limit=1001"
            })
    void shouldHoldTheBoundsOfOtherPages(String path) {
        assertInvalid(api(chat.alice).get(path), "limit");
    }

    @Test
    void shouldTakeNoBlankOrUnwritableTextInAnEdit() {
        // Given
        String room = group(chat.alice);
        message(chat.alice, room, "c1").then().statusCode(200);

        // Then
        for (String text : List.of("", "  ", "\\ud800")) {
            assertInvalid(
                    api(chat.alice).body("{\"text\":\"" + text + "\"}").patch("/api/v1/rooms/" + room + "/messages/1"),
                    "text");
        }
    }

    @Test
    void shouldAnswerACreatedDirectRoomByItsAddressAndOneThatIsThereAsFound() {
        // When
        Response first =
                api(chat.alice).body(Map.of("kind", "direct", "with", chat.bob)).post("/api/v1/rooms");
        Response again =
                api(chat.bob).body(Map.of("kind", "direct", "with", chat.alice)).post("/api/v1/rooms");

        // Then
        assertThat(first.statusCode()).isEqualTo(201);
        // Behind TLS a pod does not know the scheme and name that clients use.
        assertThat(first.header("Location")).isEqualTo("/api/v1/rooms/" + first.path("room"));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.<String>path("room")).isEqualTo(first.path("room"));
    }

    @Test
    void shouldAddAMemberWithoutABody() {
        // Given
        String room = group(chat.alice);

        // Then
        api(chat.alice)
                .put("/api/v1/rooms/" + room + "/members/" + chat.bob)
                .then()
                .statusCode(204);
        RestAssured.given()
                .accept("application/json")
                .get("/q/openapi")
                .then()
                .body("paths.'/api/v1/rooms/{room}/members/{user}'.put.requestBody.required", not(true));
    }

    @Test
    void shouldDescribeProblemsInTheInterfacesDocument() {
        RestAssured.given()
                .accept("application/json")
                .get("/q/openapi")
                .then()
                .body("components.schemas.Problem.properties.code", Matchers.notNullValue())
                .body(
                        "components.responses.NotFound.content.'application/problem+json'.schema.'$ref'",
                        equalTo("#/components/schemas/Problem"))
                .body(
                        "paths.'/api/v1/rooms/{room}/messages'.post.responses.keySet()",
                        Matchers.hasItems("200", "400", "401", "403", "404", "413", "429", "501", "503"))
                .body(
                        "paths.'/api/v1/rooms/{room}/members/{user}'.put.responses.keySet()",
                        Matchers.hasItems("204", "400", "401", "403", "404", "409", "413", "503"));
    }

    @Test
    void shouldSayNothingOfItsOwnClasses() {
        for (String body : List.of("[]", "{", "{\"kind\":[]}", "{\"members\":{}}", "nonsense", "\"text\"")) {
            String detail = api(chat.alice).body(body).post("/api/v1/rooms").path("detail");
            assertThat(detail).doesNotContain("io.chatcluster", "jackson", "java.", "Deserializ", "Parser", "`");
        }
    }

    @Test
    void shouldNotTellTheRoomsEndToOneWhoIsNotThere() {
        // Given
        String room = direct(chat.alice, chat.bob);

        // Then
        api(chat.run() + "-stranger")
                .body(Map.of("clientMessageId", "c", "text", "x", "replyTo", 1))
                .post("/api/v1/rooms/" + room + "/messages")
                .then()
                .statusCode(404);
    }

    private static void assertInvalid(Response answer, String detail) {
        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid"), "detail", startsWith(detail));
    }
}
