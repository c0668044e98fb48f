package io.chatcluster.chat.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
    private final JsonNode document = load();

    @Test
    void shouldDocumentExactlyTheCommandsThatAreImplemented() {
        // Given
        var implemented = commands(ClientFrame.Command.class)
                .map(command -> command.getSimpleName().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));

        // When
        var documented = new TreeSet<String>();
        document.path("operations").properties().forEach(operation -> {
            if (operation.getValue().path("action").asText().equals("receive")) {
                documented.add(operation.getKey());
            }
        });

        // Then
        assertThat(documented).isEqualTo(implemented);
    }

    @Test
    void shouldDocumentTheFieldsOfEveryCommand() {
        for (Class<?> command : commands(ClientFrame.Command.class).toList()) {
            // Given
            String name = command.getSimpleName().toLowerCase(Locale.ROOT);
            var fields = Arrays.stream(command.getRecordComponents())
                    .map(component -> component.getName())
                    .filter(field -> !field.equals("id"))
                    .collect(Collectors.toCollection(TreeSet::new));

            // When
            var documented = new TreeSet<String>();
            document.at("/components/messages/" + name + "/payload/properties/" + name + "/properties")
                    .fieldNames()
                    .forEachRemaining(documented::add);

            // Then
            assertThat(documented).as(name).isEqualTo(fields);
        }
    }

    @Test
    void shouldDocumentEveryErrorAndCloseCode() {
        // Given
        var errors = Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName).toList();

        // When
        var documented = new java.util.ArrayList<String>();
        document.at("/components/messages/error/payload/properties/error/properties/code/enum")
                .forEach(code -> documented.add(code.asText()));

        // Then
        assertThat(documented).containsExactlyInAnyOrderElementsOf(errors);
        for (CloseCode code : CloseCode.values()) {
            assertThat(document.at("/info/description").asText()).contains(code.code() + " ");
        }
    }

    @Test
    void shouldReferToNothingThatIsMissing() {
        // Then
        document.findValuesAsText("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private static Stream<Class<?>> commands(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .flatMap(type -> type.isRecord() ? Stream.of(type) : commands(type));
    }

    private static JsonNode load() {
        try (InputStream file = AsyncApiTest.class.getResourceAsStream("/META-INF/resources/asyncapi.yaml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
