package io.chatcluster.chat.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.operations.DynamoDbAttempts.Found;
import io.chatcluster.chat.operations.DynamoDbAttempts.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

class DynamoDbHttpAttemptsTest extends DynamoDbHttpBatches {

    private static final Found NOTHING = new Found(List.of(), true);

    @Test
    void shouldWriteWhatTheSdkReads() {
        // Given
        ChatConfig config = config(dynamoDb.endpoint(), dynamoDb.credentialsDirectory());
        DynamoDbHttpAttempts attempts = attempts(dynamoDb.endpoint());
        PutItemRequest put = put(newTable());

        // When
        Outcome outcome = attempts.put(put);

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Applied());
        try (DynamoDbClient sdk = DynamoDbClients.builder(config).build()) {
            assertThat(sdk.getItem(get -> get.tableName(put.tableName()).key(key("17")))
                            .item())
                    .isEqualTo(put.item());
        }
    }

    @Test
    void shouldSayWhatIsThereWhereTheConditionFails() {
        // Given
        DynamoDbHttpAttempts attempts = attempts(dynamoDb.endpoint());
        PutItemRequest put = put(newTable());
        Outcome first = attempts.put(put);

        // When
        Outcome second = attempts.put(put);

        // Then
        assertThat(first).isEqualTo(new Outcome.Applied());
        assertThat(second).isEqualTo(new Outcome.Occupied(put.item()));
    }

    @Test
    void shouldNotKnowWhatDynamoDbHasAgainstIt() {
        // Given
        DynamoDbHttpAttempts attempts = attempts(dynamoDb.endpoint());

        // When
        Outcome outcome = attempts.put(put("no-such-table"));

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Unknown());
    }

    @Test
    void shouldReadWhatThereIsAtTheKeys() {
        // Given
        DynamoDbHttpAttempts attempts = attempts(dynamoDb.endpoint());
        PutItemRequest put = put(newTable());
        Outcome applied = attempts.put(put);

        // When
        var one = attempts.read(put.tableName(), List.of(key("16"), key("17")), "room");
        var none = attempts.read(put.tableName(), List.of(key("16"), key("18")), "room");

        // Then
        assertThat(applied).isEqualTo(new Outcome.Applied());
        assertThat(one).contains(new Found(List.of(Map.of("room", key("17").get("room"))), true));
        assertThat(none).contains(NOTHING);
    }

    @Test
    void shouldPutAtOnceWhereItHasJustAskedBefore() throws InterruptedException {
        // Given
        DynamoDbHttpAttempts attempts = attempts(dynamoDb.endpoint());
        PutItemRequest put = put(newTable());
        var none = attempts.read(put.tableName(), List.of(key("17")), "room");

        // When
        BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        boolean first = attempts.tryPut(put, outcomes::add);
        Outcome applied = outcomes.poll(10, TimeUnit.SECONDS);
        boolean second = attempts.tryPut(put, outcomes::add);
        Outcome occupied = outcomes.poll(10, TimeUnit.SECONDS);

        // Then
        assertThat(none).contains(NOTHING);
        assertThat(List.of(first, second)).containsOnly(true);
        assertThat(applied).isEqualTo(new Outcome.Applied());
        assertThat(occupied).isEqualTo(new Outcome.Occupied(put.item()));
    }

    @Test
    void shouldTryNothingAtOnceBeforeItHasAsked() {
        // Given
        DynamoDbHttpAttempts attempts = attempts(dynamoDb.endpoint());

        // When
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        boolean tried = attempts.tryPut(put("messages"), outcomes::add);

        // Then
        assertThat(tried).isFalse();
        assertThat(outcomes).isEmpty();
    }

    @Test
    void shouldTryNothingAtOnceAfterAFailure() {
        // Given
        DynamoDbHttpAttempts attempts = attempts(dynamoDb.endpoint());
        Outcome unknown = attempts.put(put("no-such-table"));

        // When
        boolean tried = attempts.tryPut(put("no-such-table"), outcome -> {});

        // Then
        assertThat(unknown).isEqualTo(new Outcome.Unknown());
        assertThat(tried).isFalse();
    }

    @Test
    void shouldTryNothingAtOnceOnceItIsClosed() {
        // Given
        DynamoDbHttpAttempts attempts = attempts(dynamoDb.endpoint());
        PutItemRequest put = put(newTable());
        Outcome applied = attempts.put(put);

        // When
        attempts.close();

        // Then
        assertThat(applied).isEqualTo(new Outcome.Applied());
        assertThat(attempts.tryPut(put, outcome -> {})).isFalse();
    }

    @Test
    void shouldNotKnowAnythingOnceItIsClosed() {
        // Given
        DynamoDbHttpAttempts attempts = attempts(dynamoDb.endpoint());

        // When
        attempts.close();

        // Then
        assertThat(attempts.put(put("messages"))).isEqualTo(new Outcome.Unknown());
    }

    @Test
    void shouldNotBeAppliedWhereNobodyAnswers() {
        // Given
        DynamoDbHttpAttempts attempts = attempts(URI.create("http://127.0.0.1:1"));

        // When
        Outcome outcome = attempts.put(put("messages"));

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Unknown());
    }

    private String newTable() {
        String prefix = "attempts-" + UUID.randomUUID() + "-";
        dynamoDb.createTables(prefix);
        return prefix + "messages";
    }

    private static Map<String, AttributeValue> key(String firstSeq) {
        return Map.of("room", AttributeValue.fromS("r-1"), "firstSeq", AttributeValue.fromN(firstSeq));
    }
}
