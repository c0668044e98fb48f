package io.chatcluster.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What was asked of an API server, by its own account. */
record AuditedRequests(Path log) {
    static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived, ResponseStarted]
            rules: [{level: Metadata}]
            """;
    private static final Set<String> READS = Set.of("get", "list", "watch");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One request, finished at {@code at}. */
    record Request(Instant at, String user, String verb, String resource, String namespace, String name, int status) {
        boolean isWrite() {
            return !READS.contains(verb);
        }

        /** Whether it made the object: a server-side apply is a patch. */
        boolean made() {
            return isWrite() && status == 201;
        }
    }

    List<Request> since(Instant start) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.map(AuditedRequests::parse)
                    .filter(event -> event.has("objectRef"))
                    .map(AuditedRequests::request)
                    .filter(request -> !request.at().isBefore(start))
                    .toList();
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException unfinished) {
            return JSON.createObjectNode();
        }
    }

    private static Request request(JsonNode event) {
        var object = event.path("objectRef");
        var subresource = object.path("subresource").asText("");
        return new Request(
                Instant.parse(event.path("stageTimestamp").asText()),
                event.path("user").path("username").asText(),
                event.path("verb").asText(),
                object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
                object.path("namespace").asText(""),
                object.path("name").asText(""),
                event.path("responseStatus").path("code").asInt());
    }
}
