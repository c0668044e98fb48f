package io.chatcluster.chat.protocol;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Collection;
import java.util.List;

/** Says what is wrong with JSON in the client's terms: the library's own words name classes of the service. */
final class JsonProblem {

    private JsonProblem() {}

    /** What is wrong with a body that was to become an object with typed fields: {@code field: must be a string}. */
    static String ofBody(JacksonException problem) {
        if (problem instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            return field(mapping.getPath()) + ": must be " + kind(problem);
        }
        return problem instanceof MismatchedInputException
                ? "the body must be a JSON object"
                : "the body is " + ofText(problem);
    }

    /** What is wrong with text that was to be JSON. */
    static String ofText(JacksonException problem) {
        if (problem instanceof StreamConstraintsException) {
            return "not valid JSON here: it is too deep, or has a name or number that is too long";
        }
        JsonLocation place = problem.getLocation();
        return place == null
                ? "not valid JSON"
                : "not valid JSON, see line " + place.getLineNr() + " character " + place.getColumnNr();
    }

    private static String field(List<Reference> path) {
        StringBuilder field = new StringBuilder();
        for (Reference step : path) {
            if (step.getFieldName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return field.toString();
    }

    private static String kind(JacksonException problem) {
        Class<?> wanted = problem instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return wanted == null ? "valid JSON" : kind(wanted);
    }

    private static String kind(Class<?> wanted) {
        if (wanted == String.class) {
            return "a string";
        }
        if (wanted == Boolean.class || wanted == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(wanted) || wanted.isPrimitive()) {
            return "an integer";
        }
        return Collection.class.isAssignableFrom(wanted) ? "an array" : "an object";
    }
}
