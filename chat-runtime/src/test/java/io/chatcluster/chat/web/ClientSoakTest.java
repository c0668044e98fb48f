package io.chatcluster.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.chat.session.GeneratedKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client library in Node against the real service, over lines that are cut at random. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class ClientSoakTest {
    private static final int PEOPLE = 4;
    private static final int MESSAGES = 150;
    private static final int CUTS = 25;
    private static final int LOSSES_MIN = 5;
    private static final int APART_MILLIS_MAX = 900;
    private static final int AWAY_MILLIS_MAX = 600;

    @TestHTTPResource("/")
    URI service = URI.create("unset");

    private final String run = UUID.randomUUID().toString().substring(0, 4);
    private final List<Line> lines = new ArrayList<>();

    @BeforeEach
    void layLines() {
        IntStream.range(0, PEOPLE).forEach(i -> lines.add(new Line(service)));
    }

    @AfterEach
    void closeLines() throws InterruptedException {
        for (Line line : lines) {
            line.close();
        }
    }

    @Test
    void shouldLoseDoubleAndReorderNothingWhileLinesAreCutAtRandom() throws IOException, InterruptedException {
        // Given
        Process talk = new ProcessBuilder(TypeScriptCompiler.program(), "src/test/web/client/soak-live.ts", task())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        JsonNode outcome;
        try (BufferedReader output = talk.inputReader()) {
            assertThat(output.readLine()).isEqualTo("live");

            // When
            cutAtRandom();
            outcome = new ObjectMapper().readTree(output.readLine());
        } finally {
            talk.destroy();
        }

        // Then
        List<String> first = texts(outcome, 0);
        assertThat(first).hasSize(PEOPLE * MESSAGES).doesNotHaveDuplicates();
        for (int person = 0; person < PEOPLE; person++) {
            assertThat(texts(outcome, person)).as("what person %d has", person).isEqualTo(first);
            String prefix = person + "/";
            assertThat(first.stream().filter(text -> text.startsWith(prefix)))
                    .as("what person %d said", person)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, MESSAGES)
                            .mapToObj(n -> prefix + n)
                            .toList());
        }
        assertThat(IntStream.range(0, PEOPLE)
                        .map(person -> outcome.path("losses").path(person).asInt())
                        .sum())
                .as("connections that were lost")
                .isGreaterThanOrEqualTo(LOSSES_MIN);
    }

    private String task() throws IOException {
        List<Map<String, String>> people = IntStream.range(0, PEOPLE)
                .mapToObj(i -> Map.of(
                        "url", lines.get(i).address().toString(), "token", GeneratedKeys.ISSUER.token(person(i))))
                .toList();
        String room = RestAssured.given()
                .auth()
                .oauth2(GeneratedKeys.ISSUER.token(person(0)))
                .contentType("application/json")
                .body(Map.of(
                        "kind",
                        "group",
                        "name",
                        "Soak",
                        "members",
                        IntStream.range(1, PEOPLE).mapToObj(this::person).toList()))
                .post("/api/v1/rooms")
                .then()
                .statusCode(201)
                .extract()
                .path("room");
        return new ObjectMapper().writeValueAsString(Map.of("room", room, "messages", MESSAGES, "people", people));
    }

    private String person(int index) {
        return "person" + index + "-" + run;
    }

    /** What makes the chaos is the time between a cut and what else happens, so these pauses wait for nothing. */
    private void cutAtRandom() throws InterruptedException {
        Random random = new Random();
        for (int cut = 0; cut < CUTS; cut++) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(APART_MILLIS_MAX));
            Line line = lines.get(random.nextInt(PEOPLE));
            line.cut();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(AWAY_MILLIS_MAX));
            line.restore();
        }
    }

    private static List<String> texts(JsonNode outcome, int person) {
        List<String> texts = new ArrayList<>();
        outcome.path("texts").path(person).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
