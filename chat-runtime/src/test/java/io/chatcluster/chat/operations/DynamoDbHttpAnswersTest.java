package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.chatcluster.chat.operations.DynamoDbAttempts.Outcome;
import io.chatcluster.chat.services.JsonServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** What is made of answers that DynamoDB Local does not give. */
class DynamoDbHttpAnswersTest extends DynamoDbHttpBatches {

    private static final String DYNAMODB = "application/x-amz-json-1.0";

    @TempDir
    Path empty;

    @ParameterizedTest
    @ValueSource(strings = {"{\"message\":\"overload\"}", "no JSON"})
    void shouldNotTakeTheAbsenceOfAnAnswerForTheAbsenceOfAnItem(String answer) {
        // Given
        try (JsonServer aws = new JsonServer().on("/", exchange -> answer(exchange, answer))) {
            DynamoDbHttpAttempts attempts = attempts(aws.address());

            // When
            var read = attempts.read("blocks", List.of(put("blocks").item()), "room");

            // Then
            assertThat(read).isEmpty();
        }
    }

    @Test
    void shouldTellAnAnswerForSomeOfTheKeysFromOneForAll() {
        // Given
        String some = "{\"Responses\":{\"blocks\":[]},\"UnprocessedKeys\":{\"blocks\":{\"Keys\":[{}]}}}";
        try (JsonServer aws = new JsonServer().on("/", exchange -> answer(exchange, some))) {
            DynamoDbHttpAttempts attempts = attempts(aws.address());

            // When
            var read = attempts.read("blocks", List.of(put("blocks").item()), "room");

            // Then
            assertThat(read).contains(new DynamoDbAttempts.Found(List.of(), false));
        }
    }

    @Test
    void shouldNotWaitForEverForAnAnswer() {
        // Given
        try (JsonServer silent = new JsonServer().on("/", exchange -> {})) {
            DynamoDbHttpAttempts attempts = attempts(silent.address());

            // When
            Outcome outcome = attempts.put(put("messages"));

            // Then
            assertThat(outcome).isEqualTo(new Outcome.Unknown());
        }
    }

    @Test
    void shouldNotWaitForEverForTheRestOfAnAnswer() {
        // Given
        try (JsonServer slow = new JsonServer().on("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", DYNAMODB);
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        })) {
            DynamoDbHttpAttempts attempts = attempts(slow.address());

            // When
            Outcome outcome = attempts.put(put("messages"));

            // Then
            assertThat(outcome).isEqualTo(new Outcome.Unknown());
        }
    }

    @Test
    void shouldNotKnowWhatAnAnswerSaysThatEndsTooEarly() {
        // Given
        try (JsonServer cut = new JsonServer().on("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", DYNAMODB);
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            exchange.close();
        })) {
            DynamoDbHttpAttempts attempts = attempts(cut.address());

            // When
            Outcome outcome = attempts.put(put("messages"));

            // Then
            assertThat(outcome).isEqualTo(new Outcome.Unknown());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{\"__type\":\"x#ConditionalCheckFailedException\"}",
                "{\"__type\":\"x#ConditionalCheckFailedException\",\"Item\":{\"room\":{}}}",
                "{\"__type\":\"x#ConditionalCheckFailedException\",\"Item\":{\"room\":{\"B\":\"\"}}}",
                "{\"__type\":\"x#ConditionalCheckFailedException\",\"Item\":{\"room\":{\"S\":\"r-1\"}",
                "{\"__type\":\"x#ProvisionedThroughputExceededException\"}"
            })
    void shouldNotKnowWhatIsThereByARefusalThatDoesNotSayIt(String refusal) {
        // Given
        try (JsonServer aws = new JsonServer().on("/", exchange -> answer(exchange, 400, refusal))) {
            DynamoDbHttpAttempts attempts = attempts(aws.address());

            // When
            Outcome outcome = attempts.put(put("messages"));

            // Then
            assertThat(outcome).isEqualTo(new Outcome.Unknown());
        }
    }

    @Test
    void shouldBeAskedAgainByWhoMayWaitAfterAnAnswerThatCannotBeRead() {
        // Given
        AtomicReference<String> refusal = new AtomicReference<>("no JSON");
        try (JsonServer aws = new JsonServer()
                .on("/", exchange -> answer(exchange, refusal.get().isEmpty() ? 200 : 400, refusal.get()))) {
            DynamoDbHttpAttempts attempts = attempts(aws.address());
            Outcome unread = attempts.put(put("messages"));

            // When
            refusal.set("");
            boolean tried = attempts.tryPut(put("messages"), outcome -> {});
            Outcome read = attempts.put(put("messages"));

            // Then
            assertThat(unread).isEqualTo(new Outcome.Unknown());
            assertThat(tried).isFalse();
            assertThat(read).isEqualTo(new Outcome.Applied());
            assertThat(attempts.tryPut(put("messages"), outcome -> {})).isTrue();
        }
    }

    @Test
    void shouldNotTakeSomebodyElsesAnswerForDynamoDbs() {
        // Given
        try (JsonServer gateway =
                new JsonServer().on("/", exchange -> JsonServer.answer(exchange, 200, "{\"welcome\":true}"))) {
            DynamoDbHttpAttempts attempts = attempts(gateway.address());

            // When
            Outcome outcome = attempts.put(put("messages"));

            // Then
            assertThat(outcome).isEqualTo(new Outcome.Unknown());
        }
    }

    @Test
    void shouldAskWhereTheEndpointsPathLeads() {
        // Given
        try (JsonServer gateway = new JsonServer().on("/stores/dynamodb/", exchange -> answer(exchange, "{}"))) {
            URI endpoint = gateway.address().resolve("/stores/dynamodb");
            DynamoDbHttpAttempts attempts = attempts(endpoint);

            // When
            Outcome outcome = attempts.put(put("messages"));

            // Then
            assertThat(outcome).isEqualTo(new Outcome.Applied());
        }
    }

    @Test
    void shouldHoldItselfOffWhereItFailsAgainAndAgain() {
        // Given
        AtomicInteger requests = new AtomicInteger();
        try (JsonServer refusing = new JsonServer().on("/", exchange -> {
            requests.incrementAndGet();
            JsonServer.answer(exchange, 403, "{}");
        })) {
            DynamoDbHttpAttempts attempts = attempts(refusing.address());

            // When
            List<Outcome> outcomes = Stream.generate(() -> attempts.put(put("messages")))
                    .limit(20)
                    .toList();

            // Then
            assertThat(outcomes).hasSize(20).containsOnly(new Outcome.Unknown());
            assertThat(requests).hasValue(5);
        }
    }

    @Test
    void shouldBeSignedAsItArrives() {
        // Given
        AtomicReference<Headers> received = new AtomicReference<>();
        AtomicReference<byte[]> body = new AtomicReference<>();
        try (JsonServer aws = new JsonServer().on("/", exchange -> {
            received.set(exchange.getRequestHeaders());
            body.set(exchange.getRequestBody().readAllBytes());
            answer(exchange, "{}");
        })) {
            DynamoDbHttpAttempts attempts = attempts(aws.address());

            // When
            Outcome outcome = attempts.put(put("messages"));

            // Then
            assertThat(outcome).isEqualTo(new Outcome.Applied());
            assertThat(received.get().getFirst("Authorization")).isEqualTo(signature(received.get(), body.get()));
        }
    }

    @Test
    void shouldUseTheCredentialsThatAreThereNow() throws Exception {
        // Given
        AtomicReference<String> authorization = new AtomicReference<>("");
        try (JsonServer aws = new JsonServer().on("/", exchange -> {
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, "{}");
        })) {
            DynamoDbHttpAttempts attempts = attempts(aws.address(), empty);
            Outcome without = attempts.put(put("messages"));

            // When
            Files.writeString(empty.resolve("aws_access_key_id"), "AKIDNEW\n");
            Files.writeString(empty.resolve("aws_secret_access_key"), "secret\n");
            Outcome with = attempts.put(put("messages"));

            // Then
            assertThat(without).isEqualTo(new Outcome.Unknown());
            assertThat(with).isEqualTo(new Outcome.Applied());
            assertThat(authorization.get()).contains("Credential=AKIDNEW/", "/local/dynamodb/aws4_request");
        }
    }

    /** What it should say by what arrived, as the SDK's signer has it in {@link AwsSignatureTest}. */
    private static String signature(Headers received, byte[] body) {
        SortedMap<String, String> signed = new TreeMap<>();
        for (String name : List.of("content-type", "host", "x-amz-target")) {
            signed.put(name, received.getFirst(name));
        }
        Instant time = LocalDateTime.parse(
                        received.getFirst("x-amz-date"), DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'"))
                .toInstant(ZoneOffset.UTC);
        return new AwsSignature("local", "dynamodb", "/")
                .sign(signed, body, AwsBasicCredentials.create("local", "local"), time)
                .getOrDefault("authorization", "");
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        answer(exchange, 200, json);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", DYNAMODB);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
