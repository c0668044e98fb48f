package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.plan.SecretReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What stays in memory of the Secrets of a cluster. */
class KeptSecretsTest {
    private static final String KEY = "shop/any";

    private final KeptSecrets kept = new KeptSecrets();

    private static Secret secret(String name, Map<String, String> labels, Map<String, String> data) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withUid("1")
                .withResourceVersion("2")
                .withLabels(labels)
                .withAnnotations(Map.of("kubectl.kubernetes.io/last-applied-configuration", "x".repeat(30_000)))
                .endMetadata()
                .withData(data)
                .build();
    }

    private Secret kept(Secret secret) {
        kept.put(KEY, secret);
        return Objects.requireNonNull(kept.get(KEY));
    }

    @Test
    void shouldKeepNextToNothingOfACertificate() {
        // Given
        var large = "eHh4".repeat(10_000);

        // When
        var certificate =
                kept(secret("any", Map.of(), Map.of("tls.crt", large, "tls.key", large, "keystore.p12", large)));

        // Then
        assertThat(certificate.toString()).hasSizeLessThan(1_000);
        assertThat(certificate.getData()).containsOnlyKeys("tls.crt", "tls.key");
        assertThat(certificate.getMetadata().getResourceVersion()).isEqualTo("2");
    }

    @Test
    void shouldKeepAnEmptyKeyEmpty() {
        // When
        var certificate = kept(secret("any", Map.of(), Map.of("tls.crt", "", "tls.key", "eHh4")));

        // Then
        assertThat(certificate.getData()).containsEntry("tls.crt", "");
    }

    @Test
    void shouldKeepEveryKeyThatASpecCanMean() {
        // Given
        var spec = Plans.cluster("""
                dynamodb: {region: eu-west-1}
                aws: {credentialsSecretRef: {name: any}}
                redis: {external: {endpoints: [a.test:6379], tls: true, credentialsSecretRef: {name: any}, caSecretRef: {name: any}}}
                ingress: {host: chat.test, tlsSecretRef: {name: any}}
                webhook: {url: https://app.test, signingSecretRef: {name: any}}
                """).getSpec();
        var references = SecretReference.of(spec);

        // When
        var keys = references.stream()
                .flatMap(reference -> reference.keys().stream())
                .filter(key -> !kept(secret("any", Map.of(), Map.of(key, "eHh4")))
                        .getData()
                        .containsKey(key));

        // Then
        assertThat(references).hasSize(5);
        assertThat(keys).isEmpty();
    }

    @Test
    void shouldKeepTheOperatorsOwnSecretsWhole() {
        // Given
        var labelled = secret("any", Map.of(Labels.MANAGED_BY, Labels.OPERATOR), Map.of("users.acl", "eHh4"));
        var restored = secret("demo-signing-key", Map.of(), Map.of("private.pem", "eHh4"));

        // When
        var keptLabelled = kept(labelled);
        var keptRestored = kept(restored);

        // Then
        assertThat(keptLabelled).isEqualTo(labelled);
        assertThat(keptRestored).isEqualTo(restored);
    }
}
