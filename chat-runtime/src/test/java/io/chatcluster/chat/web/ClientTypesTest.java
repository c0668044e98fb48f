package io.chatcluster.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chatcluster.chat.session.GeneratedKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The client's types are made of those of the documents that the service serves, and the compiler says where they do not fit. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class ClientTypesTest {
    private static final Path SCHEMA = Path.of("src/main/web/client/schema.ts");

    @Test
    void shouldBeMadeFromTheServicesDocuments() throws IOException {
        // Given
        JsonNode asyncApi =
                new YAMLMapper().readTree(RestAssured.get("/asyncapi.yaml").asString());
        JsonNode openApi = new ObjectMapper()
                .readTree(RestAssured.get("/q/openapi?format=json").asString());

        // When
        String types = TypeScriptTypes.of(asyncApi, openApi);

        // Then
        if (Boolean.getBoolean("client-schema.update")) {
            Files.writeString(SCHEMA, types);
        }
        assertThat(SCHEMA).hasContent(types);
    }

    @Test
    void shouldFitTogether() {
        // When
        TypeScriptCompiler.Outcome outcome = TypeScriptCompiler.compile("--noEmit", "-p", "src/main/web/tsconfig.json");

        // Then
        assertThat(outcome.status()).as(outcome.output()).isZero();
    }
}
