package io.chatcluster.chat.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chatcluster.chat.operations.DynamoDbClients;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.services.DynamoDbLocal;
import io.chatcluster.chat.services.JsonServer;
import io.chatcluster.chat.services.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbBatchReadsTest {

    private static final String ITEM = "{\"room\":{\"S\":\"%s\"}}";

    @Test
    void shouldAskAgainForWhatDynamoDbLeaves() {
        // Given
        AtomicInteger requests = new AtomicInteger();
        try (JsonServer aws = new JsonServer()
                        .on(
                                "/",
                                exchange -> JsonServer.answer(
                                        exchange,
                                        200,
                                        requests.incrementAndGet() == 1
                                                ? answer(ITEM.formatted("a"), left("b"))
                                                : answer(ITEM.formatted("b"), "{}")));
                DynamoDbClient client = client(aws)) {
            List<String> found = new ArrayList<>();

            // When
            new DynamoDbBatchReads(client, "rooms", true)
                    .forEach(keys(2), item -> item.values().forEach(room -> found.add(room.s())));

            // Then
            assertThat(found).containsExactly("a", "b");
        }
    }

    @Test
    void shouldGiveUpWhenDynamoDbLeavesAllOfItForSeconds() {
        // Given
        try (JsonServer aws =
                        new JsonServer().on("/", exchange -> JsonServer.answer(exchange, 200, answer("", left("a"))));
                DynamoDbClient client = client(aws)) {
            DynamoDbBatchReads reads = new DynamoDbBatchReads(client, "rooms", true);

            // When
            ChatException failure = catchThrowableOfType(ChatException.class, () -> reads.forEach(keys(1), item -> {}));

            // Then
            assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void shouldAskForAHundredKeysAtOnce() {
        // Given
        AtomicInteger requests = new AtomicInteger();
        try (JsonServer aws = new JsonServer().on("/", exchange -> {
                    requests.incrementAndGet();
                    JsonServer.answer(exchange, 200, answer("", "{}"));
                });
                DynamoDbClient client = client(aws)) {

            // When
            new DynamoDbBatchReads(client, "rooms", false).forEach(keys(201), item -> {});

            // Then
            assertThat(requests).hasValue(3);
        }
    }

    private static DynamoDbClient client(JsonServer aws) {
        return DynamoDbClients.builder(Settings.with(Map.of(
                        "chat.dynamodb.endpoint",
                        aws.address().toString(),
                        "chat.aws.credentials-directory",
                        DynamoDbLocal.running().credentialsDirectory().toString())))
                .build();
    }

    private static List<Map<String, AttributeValue>> keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Map.of("room", AttributeValue.fromS("r" + i)))
                .toList();
    }

    private static String answer(String items, String left) {
        return "{\"Responses\":{\"rooms\":[" + items + "]},\"UnprocessedKeys\":" + left + "}";
    }

    private static String left(String room) {
        return "{\"rooms\":{\"Keys\":[" + ITEM.formatted(room) + "]}}";
    }
}
