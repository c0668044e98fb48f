package io.chatcluster.e2e.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What the operator asked of the API server, by the API server's own account of it. */
public final class AuditLog {
    private static final String OPERATOR = "system:serviceaccount:chatcluster-system:chatcluster-operator";
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    private final Path file;

    private AuditLog(Path file) {
        this.file = file;
    }

    /**
     * One request: {@code resource} is written group/resource/subresource as RBAC writes it, the core group being empty.
     *
     * @param denied for want of a right, and not because, for example, the namespace is about to go
     */
    public record Request(
            Instant at,
            String verb,
            String group,
            String resource,
            String namespace,
            String name,
            int status,
            boolean denied) {
        public boolean isWrite() {
            return WRITES.contains(verb);
        }

        /** Whether the object was not there before: a server-side apply is a patch that needs the right to create as well. */
        public boolean made() {
            return verb.equals("patch") && status == 201;
        }
    }

    /** The log of the cluster that {@code make} brings up; on a cluster that keeps none the test that asks is skipped. */
    public static AuditLog ofThisCluster() {
        var file = System.getenv("CHATCLUSTER_AUDIT_LOG");
        assumeTrue(
                file != null && Files.exists(Path.of(file)), "this cluster keeps no audit log that can be read here");
        return new AuditLog(Path.of(file));
    }

    /** The operator's finished requests since {@code start}. */
    public List<Request> requestsSince(Instant start) {
        return files().stream()
                .flatMap(one -> requests(one).stream())
                .filter(request -> !request.at().isBefore(start))
                .toList();
    }

    /** The API server begins another file where one is large, and keeps those before under names that begin alike. */
    private List<Path> files() {
        var name = file.getFileName().toString();
        var beginning = name.substring(0, name.lastIndexOf('.'));
        try (var files = Files.list(file.toAbsolutePath().getParent())) {
            return files.filter(one -> one.getFileName().toString().startsWith(beginning))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Request> requests(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.contains(OPERATOR))
                    .filter(AuditLog::isWhole)
                    .map(AuditLog::parse)
                    .filter(event ->
                            event.path("user").path("username").asText().equals(OPERATOR))
                    .filter(event -> event.has("objectRef"))
                    .map(AuditLog::request)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last line may be in the middle of being written. */
    private static boolean isWhole(String line) {
        return line.endsWith("}");
    }

    private static Request request(JsonNode event) {
        var object = event.path("objectRef");
        var subresource = object.path("subresource").asText("");
        return new Request(
                Instant.parse(event.path("requestReceivedTimestamp").asText()),
                event.path("verb").asText(),
                object.path("apiGroup").asText(""),
                object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
                object.path("namespace").asText(""),
                object.path("name").asText(""),
                event.path("responseStatus").path("code").asInt(),
                event.path("annotations")
                        .path("authorization.k8s.io/decision")
                        .asText()
                        .equals("forbid"));
    }

    private static JsonNode parse(String line) {
        try {
            return Wire.JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("the audit log holds a line that is not JSON: " + line, e);
        }
    }
}
