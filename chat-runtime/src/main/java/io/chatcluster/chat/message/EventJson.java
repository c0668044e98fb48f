package io.chatcluster.chat.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads event bodies as JSON, where scanning their text does not do, and writes them back. */
final class EventJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EventJson() {}

    /** The body's fields, in their order. */
    static ObjectNode read(String body) {
        try {
            return (ObjectNode) MAPPER.readTree('{' + body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the log holds an event that is not JSON", e);
        }
    }

    /** The body with one field less. */
    static String without(String body, String field) {
        ObjectNode fields = read(body);
        fields.remove(field);
        return body(fields);
    }

    static String body(ObjectNode fields) {
        return fields.toString().substring(1);
    }
}
