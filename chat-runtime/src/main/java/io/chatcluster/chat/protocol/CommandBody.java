package io.chatcluster.chat.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the typed fields of one command's body. Fields it is not asked for are ignored, so that clients may be newer. */
final class CommandBody {
    /** The largest sequence a JSON reader with doubles keeps exact (RFC 8259, 6). */
    private static final long SEQUENCE_MAX = (1L << 53) - 1;

    private final String command;
    private final JsonNode body;

    CommandBody(String command, JsonNode body) {
        this.command = command;
        this.body = body;
    }

    String text(String field, int lengthMax) {
        String value = optionalText(field, lengthMax);
        if (value == null || value.isEmpty()) {
            throw invalid(field, "is missing");
        }
        return value;
    }

    @Nullable
    String optionalText(String field, int lengthMax) {
        JsonNode node = node(field);
        return node == null ? null : textOf(field, node, lengthMax);
    }

    List<String> texts(String field, int countMax, int lengthMax) {
        JsonNode node = node(field);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            throw invalid(field, "must be an array of strings");
        }
        if (node.size() > countMax) {
            throw invalid(field, "has more than " + countMax + " entries");
        }
        List<String> values = new ArrayList<>(node.size());
        node.forEach(element -> values.add(textOf(field, element, lengthMax)));
        return List.copyOf(values);
    }

    boolean flag(String field) {
        JsonNode node = node(field);
        if (node != null && !node.isBoolean()) {
            throw invalid(field, "must be true or false");
        }
        return node != null && node.booleanValue();
    }

    long sequence(String field) {
        Long value = optionalSequence(field);
        if (value == null) {
            throw invalid(field, "is missing");
        }
        return value;
    }

    @Nullable
    Long optionalSequence(String field) {
        JsonNode node = node(field);
        return node == null ? null : sequenceOf(field, node);
    }

    /** Epoch milliseconds, with the limits of a sequence. */
    @Nullable
    Long optionalTime(String field) {
        return optionalSequence(field);
    }

    /** Milliseconds, with the limits of a sequence; a longer one counts as the longest, none as no time at all. */
    long milliseconds(String field, Duration longest) {
        Long value = optionalSequence(field);
        return value == null ? 0 : Math.min(value, longest.toMillis());
    }

    @Nullable
    Integer optionalCount(String field) {
        JsonNode node = node(field);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1) {
            throw invalid(field, "must be a positive integer");
        }
        return node.intValue();
    }

    Map<String, Long> sequencesByKey(String field, int countMax) {
        JsonNode node = node(field);
        if (node == null) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw invalid(field, "must be an object of sequences by room");
        }
        if (node.size() > countMax) {
            throw invalid(field, "has more than " + countMax + " entries");
        }
        Map<String, Long> values = LinkedHashMap.newLinkedHashMap(node.size());
        node.properties().forEach(entry -> values.put(entry.getKey(), sequenceOf(field, entry.getValue())));
        return Map.copyOf(values);
    }

    private @Nullable JsonNode node(String field) {
        JsonNode node = body.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private String textOf(String field, JsonNode node, int lengthMax) {
        if (!node.isTextual()) {
            throw invalid(field, "must be a string");
        }
        String value = node.textValue();
        if (!TextRule.wellFormed(value)) {
            throw invalid(field, "has half of a surrogate pair");
        }
        if (value.length() > lengthMax) {
            throw invalid(field, "is longer than " + lengthMax + " characters");
        }
        return value;
    }

    private long sequenceOf(String field, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw invalid(field, "must be an integer");
        }
        long value = node.longValue();
        if (value < 0 || value > SEQUENCE_MAX) {
            throw invalid(field, "must be between 0 and " + SEQUENCE_MAX);
        }
        return value;
    }

    private ChatException invalid(String field, String problem) {
        return new ChatException(ErrorCode.INVALID, command + "." + field + " " + problem);
    }
}
