package io.chatcluster.chat.operations;

import io.chatcluster.chat.services.DynamoDbLocal;
import io.chatcluster.chat.services.Settings;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** A batch that is put without the SDK's client. */
abstract class DynamoDbHttpBatches {

    private static final String TEXT = "\"quoted\" \\ and\n안녕 \ud83d\ude00 </script> \u2028 \u0000";

    final DynamoDbLocal dynamoDb = DynamoDbLocal.running();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close();
    }

    DynamoDbHttpAttempts attempts(URI endpoint) {
        return attempts(endpoint, dynamoDb.credentialsDirectory());
    }

    DynamoDbHttpAttempts attempts(URI endpoint, Path credentials) {
        return new DynamoDbHttpAttempts(vertx, config(endpoint, credentials));
    }

    /**
     * @param names what the endpoint's name means
     * @param nanoTime its clock
     */
    DynamoDbHttpAttempts attempts(URI endpoint, DynamoDbWay.Names names, LongSupplier nanoTime) {
        return new DynamoDbHttpAttempts(vertx, config(endpoint, dynamoDb.credentialsDirectory()), names, nanoTime);
    }

    static ChatConfig config(URI endpoint, Path credentials) {
        return Settings.with(Map.of(
                "chat.dynamodb.endpoint", endpoint.toString(),
                "chat.aws.credentials-directory", credentials.toString()));
    }

    static PutItemRequest put(String table) {
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
