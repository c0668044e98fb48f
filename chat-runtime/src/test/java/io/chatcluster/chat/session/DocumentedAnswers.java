package io.chatcluster.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** Fails when the service answers in a way that its OpenAPI document does not describe. */
final class DocumentedAnswers implements Filter {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification response, FilterContext context) {
        Response answer = context.next(request, response);
        String path = URI.create(request.getURI()).getRawPath();
        JsonNode operation = operation(path, request.getMethod().toLowerCase(Locale.ROOT));
        JsonNode described = operation.path("responses").path(Integer.toString(answer.statusCode()));
        assertThat(described.isMissingNode())
                .as("%s %s answers %d undocumented", request.getMethod(), path, answer.statusCode())
                .isFalse();
        JsonNode content = resolved(described).path("content");
        if (!answer.body().asString().isEmpty()) {
            assertThat(content.properties().stream().map(Map.Entry::getKey))
                    .as("media types of %s %s %d", request.getMethod(), path, answer.statusCode())
                    .contains(mediaType(answer));
        }
        return answer;
    }

    private static String mediaType(Response answer) {
        return answer.contentType().replaceAll(";.*", "");
    }

    /** The one whose path has the fewest parameters among those that fit. */
    private static JsonNode operation(String path, String method) {
        return Document.OPENAPI.path("paths").properties().stream()
                .filter(entry -> path.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
                .filter(entry -> entry.getValue().has(method))
                .min(Comparator.comparingInt(entry -> entry.getKey().split("\\{", -1).length))
                .map(entry -> entry.getValue().path(method))
                .orElseThrow(() -> new AssertionError("undocumented: " + method + ' ' + path));
    }

    private static JsonNode resolved(JsonNode response) {
        String reference = response.path("$ref").asText();
        return reference.isEmpty() ? response : Document.OPENAPI.at(reference.substring(1));
    }

    /** The same at any time and for any configuration. */
    private static final class Document {
        static final JsonNode OPENAPI = read();

        private static JsonNode read() {
            try {
                return JSON.readTree(RestAssured.given()
                        .accept("application/json")
                        .get("/q/openapi")
                        .asString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
