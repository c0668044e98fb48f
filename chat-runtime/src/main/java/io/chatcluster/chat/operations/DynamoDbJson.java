package io.chatcluster.chat.operations;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Requests and what is answered to them, in DynamoDB's JSON protocol, {@code application/x-amz-json-1.0}. Thread-safe. */
final class DynamoDbJson {

    private static final int BYTES_AT_FIRST = 1_024;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonFactory json = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    /**
     * The body of a put on a condition without placeholders, which returns the values where that fails.
     *
     * @throws IllegalArgumentException for an attribute of another type than a string, a number or a list of these
     */
    byte[] put(PutItemRequest request) {
        return object(out -> {
            out.writeStringField("TableName", request.tableName());
            out.writeFieldName("Item");
            write(out, request.item());
            out.writeStringField("ConditionExpression", request.conditionExpression());
            out.writeStringField(
                    "ReturnValuesOnConditionCheckFailure", request.returnValuesOnConditionCheckFailureAsString());
        });
    }

    /** The body that reads an attribute of the items at the keys, as they are now. */
    byte[] batchGet(String table, List<Map<String, AttributeValue>> keys, String attribute) {
        return object(out -> {
            out.writeObjectFieldStart("RequestItems");
            out.writeObjectFieldStart(table);
            out.writeArrayFieldStart("Keys");
            for (Map<String, AttributeValue> key : keys) {
                write(out, key);
            }
            out.writeEndArray();
            out.writeBooleanField("ConsistentRead", true);
            out.writeStringField("ProjectionExpression", attribute);
            out.writeEndObject();
            out.writeEndObject();
        });
    }

    /** What is between the braces of an object. */
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    private byte[] object(Fields fields) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(BYTES_AT_FIRST);
        try (JsonGenerator out = json.createGenerator(body)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return body.toByteArray();
    }

    private static void write(JsonGenerator out, Map<String, AttributeValue> item) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
            out.writeFieldName(attribute.getKey());
            write(out, attribute.getValue());
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, AttributeValue value) throws IOException {
        out.writeStartObject();
        switch (value.type()) {
            case S -> out.writeStringField("S", value.s());
            case N -> out.writeStringField("N", value.n());
            case L -> {
                out.writeArrayFieldStart("L");
                for (AttributeValue element : value.l()) {
                    write(out, element);
                }
                out.writeEndArray();
            }
            default -> throw new IllegalArgumentException("not an attribute of a log: " + value.type());
        }
        out.writeEndObject();
    }

    /** The item that failed the condition, where that is what the answer says. */
    Optional<Map<String, AttributeValue>> occupant(byte[] answer) {
        try {
            JsonNode node = MAPPER.readTree(answer);
            boolean occupied = node.path("__type").asText().endsWith("#ConditionalCheckFailedException");
            return occupied && node.path("Item").isObject() ? Optional.of(item(node.path("Item"))) : Optional.empty();
        } catch (IOException | IllegalArgumentException unexpected) {
            return Optional.empty();
        }
    }

    /** The items that the answer to {@link #batchGet} holds; empty when it is none. */
    Optional<DynamoDbAttempts.Found> found(byte[] answer) {
        try {
            JsonNode node = MAPPER.readTree(answer);
            if (!node.path("Responses").isObject()) {
                return Optional.empty();
            }
            List<Map<String, AttributeValue>> items = node.path("Responses")
                    .valueStream()
                    .flatMap(JsonNode::valueStream)
                    .map(DynamoDbJson::item)
                    .toList();
            return Optional.of(new DynamoDbAttempts.Found(
                    items, node.path("UnprocessedKeys").isEmpty()));
        } catch (IOException | IllegalArgumentException unexpected) {
            return Optional.empty();
        }
    }

    private static Map<String, AttributeValue> item(JsonNode attributes) {
        Map<String, AttributeValue> item = new HashMap<>();
        attributes.properties().forEach(attribute -> item.put(attribute.getKey(), value(attribute.getValue())));
        return item;
    }

    private static AttributeValue value(JsonNode value) {
        Map.Entry<String, JsonNode> typed = value.properties().iterator().next();
        return switch (typed.getKey()) {
            case "S" -> AttributeValue.fromS(typed.getValue().asText());
            case "N" -> AttributeValue.fromN(typed.getValue().asText());
            case "L" ->
                AttributeValue.fromL(
                        typed.getValue().valueStream().map(DynamoDbJson::value).toList());
            default -> throw new IllegalArgumentException("not an attribute of a log: " + typed.getKey());
        };
    }
}
