package io.chatcluster.crds.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed CustomResourceDefinition; {@code -Dregenerate} writes it anew from the Java types. */
class CustomResourceDefinitionTest {
    private static final String FILE = "chatclusters.chatcluster.io-v1.yml";
    private static final Path COMMITTED = Path.of("kubernetes", FILE);
    private static final List<String> COLUMNS = List.of("Ready", "Replicas", "Connections", "Version", "Age");
    private static final int MAX_BYTES = 250_000;

    @TempDir
    private Path directory;

    @BeforeEach
    void generate() throws IOException {
        new CRDGenerator()
                .customResourceClasses(ChatCluster.class)
                .forCRDVersions("v1")
                .withPostProcessor(new Finish())
                .inOutputDir(directory.toFile())
                .generate();
        if (System.getProperty("regenerate") != null) {
            Files.copy(directory.resolve(FILE), COMMITTED, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void shouldBeCommittedAsGenerated() {
        assertThat(COMMITTED)
                .as("Regenerate it with `./mvnw -pl crds test -Dregenerate` and commit it")
                .hasSameTextualContentAs(directory.resolve(FILE));
    }

    @Test
    void shouldDescribeEveryFieldOfTheSpec() throws IOException {
        // Given
        var spec = specSchema();

        // When
        var undescribed = new ArrayList<String>();
        collectUndescribed("spec", spec, undescribed);

        // Then
        assertThat(undescribed).isEmpty();
    }

    @Test
    void shouldBoundEveryListAndMapOfTheSpec() throws IOException {
        // Given
        var spec = specSchema();

        // When
        var unbounded = new ArrayList<String>();
        collectUnbounded("spec", spec, unbounded);

        // Then
        assertThat(unbounded).isEmpty();
    }

    @Test
    void shouldFitIntoAnAnnotationOfTheApiServer() throws IOException {
        assertThat(Files.size(COMMITTED)).isLessThan(MAX_BYTES);
    }

    private static JSONSchemaProps specSchema() throws IOException {
        var root = definition().getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        return Objects.requireNonNull(root.getProperties().get("spec"));
    }

    private static CustomResourceDefinition definition() throws IOException {
        try (var yaml = Files.newInputStream(COMMITTED)) {
            return new KubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class);
        }
    }

    private static void collectUndescribed(String path, JSONSchemaProps schema, List<String> undescribed) {
        schema.getProperties().forEach((name, property) -> {
            var child = path + "." + name;
            if (property.getDescription() == null) {
                undescribed.add(child);
            } else if (!isKubernetesType(child)) {
                collectUndescribed(child, property, undescribed);
            }
        });
    }

    private static void collectUnbounded(String path, JSONSchemaProps schema, List<String> unbounded) {
        if ("array".equals(schema.getType()) && schema.getMaxItems() == null) {
            unbounded.add(path);
        }
        if (schema.getAdditionalProperties() != null && schema.getMaxProperties() == null) {
            unbounded.add(path);
        }
        if (!isKubernetesType(path)) {
            schema.getProperties()
                    .forEach((name, property) -> collectUnbounded(path + "." + name, property, unbounded));
        }
    }

    /** Kubernetes documents and bounds its own types. */
    private static boolean isKubernetesType(String path) {
        return path.endsWith("resources") || path.equals("spec.template.affinity");
    }

    /** What the generator has no words for. */
    private static final class Finish implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata definition, String version) {
            ((CustomResourceDefinition) definition).getSpec().getVersions().forEach(served -> {
                inOrder(served.getAdditionalPrinterColumns());
                unseenAtFirst(served.getSchema().getOpenAPIV3Schema());
            });
            return definition;
        }

        /** The generator sorts columns by path; people read them by importance. */
        private static void inOrder(List<CustomResourceColumnDefinition> columns) {
            columns.sort(Comparator.comparing(
                    CustomResourceColumnDefinition::getName, Comparator.comparingInt(COLUMNS::indexOf)));
        }

        /** A new object says that no operator has looked at it: one without a status is taken for done by tools that wait. */
        private static void unseenAtFirst(JSONSchemaProps schema) {
            Objects.requireNonNull(schema.getProperties().get("status"))
                    .setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
        }
    }
}
