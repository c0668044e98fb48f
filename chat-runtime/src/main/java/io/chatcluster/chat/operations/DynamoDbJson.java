package io.chatcluster.chat.operations;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Puts as the bodies of DynamoDB's JSON protocol, {@code application/x-amz-json-1.0}. Thread-safe. */
final class DynamoDbJson {

    private static final int BYTES_AT_FIRST = 1_024;

    private final JsonFactory json = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    /**
     * The body, of a put with a table, an item and a condition without placeholders.
     *
     * @throws IllegalArgumentException for an attribute of another type than a string, a number or a list of these
     */
    byte[] put(PutItemRequest request) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(BYTES_AT_FIRST);
        try (JsonGenerator out = json.createGenerator(body)) {
            out.writeStartObject();
            out.writeStringField("TableName", request.tableName());
            out.writeObjectFieldStart("Item");
            for (Map.Entry<String, AttributeValue> attribute : request.item().entrySet()) {
                out.writeFieldName(attribute.getKey());
                write(out, attribute.getValue());
            }
            out.writeEndObject();
            if (request.conditionExpression() != null) {
                out.writeStringField("ConditionExpression", request.conditionExpression());
            }
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return body.toByteArray();
    }

    private static void write(JsonGenerator out, AttributeValue value) throws IOException {
        out.writeStartObject();
        switch (value.type()) {
            case S -> out.writeStringField("S", value.s());
            case N -> out.writeStringField("N", value.n());
            case L -> {
                out.writeArrayFieldStart("L");
                for (AttributeValue element : (List<AttributeValue>) value.l()) {
                    write(out, element);
                }
                out.writeEndArray();
            }
            default -> throw new IllegalArgumentException("not an attribute of a log: " + value.type());
        }
        out.writeEndObject();
    }
}
