package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.operations.DynamoDbPuts.Outcome;
import io.chatcluster.chat.services.DynamoDbLocal;
import io.chatcluster.chat.services.JsonServer;
import io.chatcluster.chat.services.Settings;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

class DynamoDbHttpPutsTest {

    private static final String TEXT = "\"quoted\" \\ and\n안녕 \ud83d\ude00 </script> \u2028 \u0000";

    private final DynamoDbLocal dynamoDb = DynamoDbLocal.running();
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path empty;

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void shouldWriteWhatTheSdkReads() {
        // Given
        String prefix = "puts-" + UUID.randomUUID() + "-";
        dynamoDb.createTables(prefix);
        ChatConfig config = config(dynamoDb.endpoint(), dynamoDb.credentialsDirectory());
        DynamoDbHttpPuts puts = new DynamoDbHttpPuts(vertx, config);
        PutItemRequest put = put(prefix + "messages");

        // When
        Outcome outcome = puts.put(put);

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Applied());
        try (DynamoDbClient sdk = DynamoDbClients.builder(config).build()) {
            Map<String, AttributeValue> key = Map.of(
                    "room", put.item().get("room"), "firstSeq", put.item().get("firstSeq"));
            assertThat(sdk.getItem(get -> get.tableName(put.tableName()).key(key))
                            .item())
                    .isEqualTo(put.item());
        }
    }

    @Test
    void shouldSayWhatIsThereWhereTheConditionFails() {
        // Given
        String prefix = "puts-" + UUID.randomUUID() + "-";
        dynamoDb.createTables(prefix);
        DynamoDbHttpPuts puts =
                new DynamoDbHttpPuts(vertx, config(dynamoDb.endpoint(), dynamoDb.credentialsDirectory()));
        PutItemRequest put = put(prefix + "messages");
        Outcome first = puts.put(put);

        // When
        Outcome second = puts.put(put);

        // Then
        assertThat(first).isEqualTo(new Outcome.Applied());
        assertThat(second).isEqualTo(new Outcome.Occupied(put.item()));
    }

    @Test
    void shouldNotKnowWhatDynamoDbHasAgainstIt() {
        // Given
        DynamoDbHttpPuts puts =
                new DynamoDbHttpPuts(vertx, config(dynamoDb.endpoint(), dynamoDb.credentialsDirectory()));

        // When
        Outcome outcome = puts.put(put("no-such-table"));

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Unknown());
    }

    @Test
    void shouldNotWaitForEverForAnAnswer() {
        // Given
        try (JsonServer silent = new JsonServer().on("/", exchange -> {})) {
            DynamoDbHttpPuts puts =
                    new DynamoDbHttpPuts(vertx, config(silent.address(), dynamoDb.credentialsDirectory()));

            // When
            Outcome outcome = puts.put(put("messages"));

            // Then
            assertThat(outcome).isEqualTo(new Outcome.Unknown());
        }
    }

    @Test
    void shouldNotBeAppliedWhereNobodyAnswers() {
        // Given
        DynamoDbHttpPuts puts =
                new DynamoDbHttpPuts(vertx, config(URI.create("http://127.0.0.1:1"), dynamoDb.credentialsDirectory()));

        // When
        Outcome outcome = puts.put(put("messages"));

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Unknown());
    }

    @Test
    void shouldUseTheCredentialsThatAreThereNow() throws Exception {
        // Given
        AtomicReference<String> authorization = new AtomicReference<>("");
        try (JsonServer aws = new JsonServer().on("/", exchange -> {
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            JsonServer.answer(exchange, 200, "{}");
        })) {
            DynamoDbHttpPuts puts = new DynamoDbHttpPuts(vertx, config(aws.address(), empty));
            Outcome without = puts.put(put("messages"));

            // When
            Files.writeString(empty.resolve("aws_access_key_id"), "AKIDNEW\n");
            Files.writeString(empty.resolve("aws_secret_access_key"), "secret\n");
            Outcome with = puts.put(put("messages"));

            // Then
            assertThat(without).isEqualTo(new Outcome.Unknown());
            assertThat(with).isEqualTo(new Outcome.Applied());
            assertThat(authorization.get()).contains("Credential=AKIDNEW/", "/local/dynamodb/aws4_request");
        }
    }

    private static ChatConfig config(URI endpoint, Path credentials) {
        return Settings.with(Map.of(
                "chat.dynamodb.endpoint", endpoint.toString(),
                "chat.aws.credentials-directory", credentials.toString()));
    }

    private static PutItemRequest put(String table) {
        return PutItemRequest.builder()
                .tableName(table)
                .item(Map.of(
                        "room", AttributeValue.fromS("r-1"),
                        "firstSeq", AttributeValue.fromN("17"),
                        "messages", AttributeValue.fromL(List.of(AttributeValue.fromS(TEXT)))))
                .conditionExpression("attribute_not_exists(room)")
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }
}
