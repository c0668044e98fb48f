package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.plan.Planning;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.plan.SecretContents;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample, against the schema that the API server checks by, unknown fields included. */
class SamplesTest {
    private static final Path SAMPLES = Path.of("../config/samples");
    private static final Path DEFINITION = Path.of("../crds/kubernetes/chatclusters.chatcluster.io-v1.yml");
    private static final YAMLMapper YAML = new YAMLMapper();

    static List<Path> samples() throws IOException {
        try (var files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldFitTheSchema(Path sample) throws IOException {
        assertThat(validate(Files.readString(sample))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldBeCarriedOut(Path sample) throws IOException {
        // Given
        var cluster = new KubernetesSerialization().unmarshal(Files.readString(sample), ChatCluster.class);

        // When
        var planning = Plans.plan(cluster, SecretContents.NONE);

        // Then
        assertThat(planning).isInstanceOf(Planning.Planned.class);
    }

    @Test
    void shouldFindAFieldThatTheSchemaDoesNotKnow() throws IOException {
        assertThat(validate("spec: {dynamodb: {region: eu-west-1, colour: blue}}"))
                .singleElement()
                .asString()
                .contains("colour");
    }

    private static Set<ValidationMessage> validate(String manifest) throws IOException {
        return schema().validate(YAML.readTree(manifest).path("spec"));
    }

    private static JsonSchema schema() throws IOException {
        var spec = YAML.readTree(DEFINITION.toFile()).at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
        close(spec);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(spec);
    }

    /** The API server refuses fields that a schema does not name; JSON Schema does only where it is told to. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(SamplesTest::close);
    }
}
