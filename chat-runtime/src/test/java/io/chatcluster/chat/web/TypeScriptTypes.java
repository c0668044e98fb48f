package io.chatcluster.chat.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/** The types of the service's AsyncAPI and OpenAPI documents in TypeScript. */
final class TypeScriptTypes {
    private static final String INDENT = "  ";
    private static final String HEADING = """
            // Made from the service's AsyncAPI and OpenAPI documents; ClientTypesTest compares, and makes it anew with -Dclient-schema.update.

            """;

    private final JsonNode document;

    private TypeScriptTypes(JsonNode document) {
        this.document = document;
    }

    static String of(JsonNode asyncApi, JsonNode openApi) {
        return HEADING + new TypeScriptTypes(asyncApi).live() + '\n' + new TypeScriptTypes(openApi).http();
    }

    /** Commands with what they take and answer, pushes, and the objects that are in them. */
    private String live() {
        StringBuilder types = new StringBuilder();
        StringBuilder commands = new StringBuilder(
                "/** What each command takes, and what its reply holds. */\nexport interface Commands {\n");
        StringBuilder pushes =
                new StringBuilder("/** What the service tells without being asked. */\nexport interface Pushes {\n");
        document.path("operations").properties().forEach(operation -> {
            if (operation.getValue().path("action").asText().equals("receive")) {
                commands.append(command(operation.getKey(), operation.getValue()));
            } else {
                operation.getValue().path("messages").forEach(message -> pushes.append(push(resolved(message))));
            }
        });
        types.append(commands).append("}\n\n").append(pushes).append("}\n\n");
        types.append("export type Refusal = ")
                .append(type(at("components", "messages", "error", "payload", "properties", "error"), ""))
                .append(";\n");
        at("components", "schemas")
                .properties()
                .forEach(schema -> types.append("export type Live")
                        .append(capitalised(schema.getKey()))
                        .append(" = ")
                        .append(type(schema.getValue(), ""))
                        .append(";\n"));
        return types.toString();
    }

    private String command(String name, JsonNode operation) {
        JsonNode body = resolved(operation.path("messages").path(0)).at("/payload/properties/" + name);
        JsonNode reply =
                resolved(operation.path("reply").path("messages").path(0)).at("/payload/properties/" + name);
        return INDENT + name + ": { body: " + type(body, INDENT) + "; reply: " + type(reply, INDENT) + " };\n";
    }

    private String push(JsonNode message) {
        StringBuilder fields = new StringBuilder();
        message.at("/payload/properties")
                .properties()
                .forEach(field -> fields.append(INDENT)
                        .append(field.getKey())
                        .append(": ")
                        .append(type(field.getValue(), INDENT))
                        .append(";\n"));
        return fields.toString();
    }

    private String http() {
        StringBuilder types = new StringBuilder("/** The objects of the HTTP interface. */\nexport interface Http {\n");
        Map<String, JsonNode> sorted = new TreeMap<>();
        at("components", "schemas").properties().forEach(schema -> sorted.put(schema.getKey(), schema.getValue()));
        sorted.forEach((name, schema) -> types.append(INDENT)
                .append(name)
                .append(": ")
                .append(type(schema, INDENT))
                .append(";\n"));
        return types.append("}\n").toString();
    }

    private String type(JsonNode schema, String indent) {
        if (schema.has("$ref")) {
            String[] path = schema.path("$ref").asText().split("/");
            String name = path[path.length - 1];
            return document.has("asyncapi") ? "Live" + capitalised(name) : "Http['" + name + "']";
        }
        if (schema.has("allOf") || schema.has("oneOf")) {
            StringJoiner parts = new StringJoiner(schema.has("allOf") ? " & " : " | ");
            schema.path(schema.has("allOf") ? "allOf" : "oneOf").forEach(part -> parts.add(type(part, indent)));
            return parts.toString();
        }
        if (schema.has("enum")) {
            StringJoiner values = new StringJoiner(" | ");
            schema.path("enum").forEach(value -> values.add("'" + value.asText() + "'"));
            return values.toString();
        }
        return switch (schema.path("type").asText()) {
            case "string" -> "string";
            case "integer", "number" -> "number";
            case "boolean" -> "boolean";
            case "array" -> list(type(schema.path("items"), indent));
            case "object" -> object(schema, indent);
            default -> "unknown";
        };
    }

    private static String list(String item) {
        return item.contains(" ") && !item.startsWith("{") ? "(" + item + ")[]" : item + "[]";
    }

    private String object(JsonNode schema, String indent) {
        if (schema.has("additionalProperties")) {
            return "Record<string, " + type(schema.path("additionalProperties"), indent) + ">";
        }
        if (schema.path("properties").isEmpty()) {
            return "object";
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        StringBuilder fields = new StringBuilder("{\n");
        schema.path("properties")
                .properties()
                .forEach(field -> fields.append(indent)
                        .append(INDENT)
                        .append(field.getKey())
                        .append(required.contains(field.getKey()) ? ": " : "?: ")
                        .append(type(field.getValue(), indent + INDENT))
                        .append(";\n"));
        return fields.append(indent).append('}').toString();
    }

    private JsonNode at(String... path) {
        JsonNode node = document;
        for (String step : path) {
            node = node.path(step);
        }
        return node;
    }

    /** Follows references to what they lead to in the end. */
    private JsonNode resolved(JsonNode node) {
        JsonNode here = node;
        while (here.has("$ref")) {
            here = document.at(here.path("$ref").asText().substring(1));
        }
        return here;
    }

    private static String capitalised(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
