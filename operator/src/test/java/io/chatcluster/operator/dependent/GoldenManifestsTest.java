package io.chatcluster.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.ChatClusterReconciler;
import io.chatcluster.operator.metadata.ResourceNames;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.plan.SecretContents;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every object that is made of a ChatCluster, as reviewed: {@code in-*.yaml} holds the ChatCluster and Secrets that are
 * there already, {@code out-*.yaml} one object each. {@code -Dregenerate} writes the latter anew.
 */
class GoldenManifestsTest {
    private static final Path CASES = Path.of("src/test/resources/golden");
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(
                    YAMLGenerator.Feature.MINIMIZE_QUOTES,
                    YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS,
                    YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    static Stream<Path> cases() throws IOException {
        return files(CASES).stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldMakeTheObjectsThatWereReviewed(Path directory) throws IOException {
        // Given
        var objects = inputs(directory);

        // When
        var made = make(objects);

        // Then
        if (System.getProperty("regenerate") != null) {
            replace(directory, made);
        }
        assertThat(outputs(directory)).isEqualTo(made);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldHoldNoFileThatNobodyReads(Path directory) throws IOException {
        assertThat(files(directory))
                .allMatch(file -> file.getFileName().toString().matches("(in|out)-.*\\.yaml"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldMakeTheSameObjectsFromTheSecretsThatItMade(Path directory) throws IOException {
        // Given
        var given = inputs(directory);
        var first = plan(given);

        // When
        var made = desired(first).filter(Secret.class::isInstance).toList();
        var second = plan(Stream.concat(given.stream().filter(object -> !isAmong(made, object)), made.stream())
                .toList());

        // Then
        assertThat(second.secrets()).isEqualTo(first.secrets());
        assertThat(ChatTemplate.revision(second).id())
                .isEqualTo(ChatTemplate.revision(first).id());
    }

    private static boolean isAmong(List<HasMetadata> objects, HasMetadata object) {
        return objects.stream()
                .anyMatch(other -> other.getKind().equals(object.getKind())
                        && other.getMetadata()
                                .getName()
                                .equals(object.getMetadata().getName()));
    }

    private static List<HasMetadata> inputs(Path directory) throws IOException {
        return files(directory).stream()
                .filter(file -> file.getFileName().toString().startsWith("in-"))
                .map(GoldenManifestsTest::text)
                .map(GoldenManifestsTest::parse)
                .toList();
    }

    private static HasMetadata parse(String yaml) {
        return yaml.contains("kind: ChatCluster\n")
                ? SERIALIZATION.unmarshal(yaml, ChatCluster.class)
                : SERIALIZATION.unmarshal(yaml, Secret.class);
    }

    private static Map<String, String> outputs(Path directory) throws IOException {
        return files(directory).stream()
                .filter(file -> !file.getFileName().toString().startsWith("in-"))
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString(), GoldenManifestsTest::text, (a, b) -> a, TreeMap::new));
    }

    private static Map<String, String> make(List<HasMetadata> objects) {
        return desired(plan(objects))
                .collect(Collectors.toMap(
                        object -> "out-%s-%s.yaml"
                                .formatted(
                                        object.getKind().toLowerCase(Locale.ROOT),
                                        object.getMetadata().getName()),
                        GoldenManifestsTest::yaml,
                        (a, b) -> a + "---\n" + b,
                        TreeMap::new));
    }

    private static ClusterPlan plan(List<HasMetadata> objects) {
        var cluster = objects.stream()
                .filter(ChatCluster.class::isInstance)
                .map(ChatCluster.class::cast)
                .findFirst()
                .orElseThrow();
        var secrets = objects.stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), Function.identity()));
        var names = new ResourceNames(
                cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
        var referenced = secrets.values().stream()
                .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), Secret::getData));
        var contents = new SecretContents(
                data(secrets.get(names.signingKey())),
                data(secrets.get(names.redisAuth())),
                data(secrets.get(names.redisTls())),
                referenced);
        return Plans.of(Plans.plan(cluster, contents));
    }

    private static @Nullable Map<String, String> data(@Nullable Secret secret) {
        return secret == null ? null : secret.getData();
    }

    /** What every dependent of the reconciler's workflow makes: none can be forgotten here. */
    private static Stream<HasMetadata> desired(ClusterPlan plan) {
        var workflow = Objects.requireNonNull(ChatClusterReconciler.class.getAnnotation(Workflow.class));
        return Stream.of(workflow.dependents()).map(Dependent::type).flatMap(type -> desired(type, plan));
    }

    private static Stream<? extends HasMetadata> desired(Class<?> type, ClusterPlan plan) {
        try {
            return switch (type.getConstructor().newInstance()) {
                case PlannedResource<?> one -> Stream.of(one.desired(plan));
                case PlannedSet<?> set -> set.desired(plan);
                case PlannedSecret secret -> secret.desired(plan);
                default -> throw new AssertionError(type + " makes nothing from a plan");
            };
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void replace(Path directory, Map<String, String> made) throws IOException {
        for (var name : outputs(directory).keySet()) {
            Files.delete(directory.resolve(name));
        }
        for (var file : made.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String yaml(HasMetadata object) {
        try {
            return YAML.writeValueAsString(object);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
