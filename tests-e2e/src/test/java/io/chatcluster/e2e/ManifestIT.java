package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@OnTheSharedChat
class ManifestIT {
    private static final Path SAMPLES = Path.of("../config/samples");

    static List<Path> samples() {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.getFileName().toString().equals("kustomization.yaml"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldAcceptEverySample(Path sample) throws IOException {
        // Given
        var objects = TestChat.client().load(Files.newInputStream(sample)).items();

        // When
        var accepted = objects.stream()
                .map(object -> TestChat.client()
                        .resource(object)
                        .inNamespace("default")
                        .dryRun()
                        .fieldValidation(FieldValidateable.Validation.STRICT)
                        .forceConflicts()
                        .serverSideApply())
                .toList();

        // Then
        assertThat(accepted).hasSameSizeAs(objects).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replicas: -1                                                  | spec.replicas
            replicas: many                                                | spec.replicas
            redis: {managed: {shards: 0}}                                 | spec.redis.managed.shards
            redis: {managed: {shards: 2}, cluster: true}                  | spec.redis.cluster
            dynamodb: {endpoint: 'not a url'}                             | spec.dynamodb.endpoint
            dynamodb: {deletionPolicy: Perhaps}                           | spec.dynamodb.deletionPolicy
            media: {bucket: 'No_Such-Bucket!'}                            | spec.media.bucket
            limits: {messageBytesMax: 0}                                  | spec.limits.messageBytesMax
            upgrade: {drainTimeoutSeconds: -5}                            | spec.upgrade.drainTimeoutSeconds
            template: {labels: {app.kubernetes.io/name: mine}}            | spec.template.labels
            colour: blue                                                  | spec.colour
            """)
    void shouldRefuseAManifestNamingTheField(String line, String field) {
        // Given
        var manifest = """
                apiVersion: chatcluster.io/v1alpha1
                kind: ChatCluster
                metadata: {name: refused, namespace: default}
                spec:
                  dynamodb: {region: us-east-1}
                  %s
                """.formatted(line);
        if (line.startsWith("dynamodb:")) {
            manifest = manifest.replace("  dynamodb: {region: us-east-1}\n", "")
                    .replace("dynamodb: {", "dynamodb: {region: us-east-1, ");
        }
        var object =
                TestChat.client().getKubernetesSerialization().unmarshal(manifest, GenericKubernetesResource.class);

        // When
        var refusal = assertThatThrownBy(() -> TestChat.client()
                .resource(object)
                .dryRun()
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .create());

        // Then
        refusal.isInstanceOf(KubernetesClientException.class).hasMessageContaining(field);
    }

    @Test
    void shouldServeTheShortName() {
        // Given
        var chat = TestChat.shared();

        // When
        var crd = TestChat.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("chatclusters.chatcluster.io")
                .require();

        // Then
        assertThat(crd.getSpec().getNames().getShortNames()).containsExactly("cc");
        assertThat(crd.getSpec().getVersions().getFirst().getAdditionalPrinterColumns())
                .extracting("name")
                .containsExactly("Ready", "Replicas", "Connections", "Version", "Age");
        assertThat(chat.resource().getApiVersion()).isEqualTo("chatcluster.io/v1alpha1");
    }
}
