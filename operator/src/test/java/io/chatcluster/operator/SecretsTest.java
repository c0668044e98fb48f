package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.Plans;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is said of Secrets that are missing or incomplete. */
class SecretsTest {
    private static final String SPEC = """
            dynamodb: {region: eu-west-1}
            aws: {credentialsSecretRef: {name: keys}}
            """;

    private static Secrets secrets(String spec, Secret... present) {
        var byName = Arrays.stream(present)
                .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), Function.identity()));
        return Secrets.of(Plans.cluster(spec), byName::get);
    }

    private static Secret secret(String name, String... keys) {
        var data = Arrays.stream(keys)
                .collect(Collectors.toMap(
                        Function.identity(), key -> Base64.getEncoder().encodeToString(key.getBytes())));
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid("1")
                .withResourceVersion("2")
                .endMetadata()
                .withData(data)
                .build();
    }

    @Test
    void shouldFindNothingWrongWhereTheSpecRefersToNone() {
        // Given
        var secrets = secrets("dynamodb: {region: eu-west-1}");

        // When
        var problem = secrets.problem();

        // Then
        assertThat(problem).isNull();
        assertThat(secrets.awsCredentials()).isNotNull();
    }

    @Test
    void shouldNameTheMissingSecretItsFieldAndItsKeys() {
        // Given
        var secrets = secrets(SPEC);

        // When
        var problem = Objects.requireNonNull(secrets.problem());

        // Then
        assertThat(problem.reason()).isEqualTo(ConditionReason.SECRET_MISSING);
        assertThat(problem.message())
                .contains(
                        "Secret keys",
                        "spec.aws.credentialsSecretRef",
                        "namespace shop",
                        "aws_access_key_id and aws_secret_access_key");
        assertThat(secrets.awsCredentials()).isNull();
    }

    @Test
    void shouldNameTheMissingKey() {
        // Given
        var secrets = secrets(SPEC, secret("keys", "aws_access_key_id"));

        // When
        var problem = Objects.requireNonNull(secrets.problem());

        // Then
        assertThat(problem.reason()).isEqualTo(ConditionReason.SECRET_INVALID);
        assertThat(problem.message()).contains("lacks aws_secret_access_key");
        assertThat(secrets.awsCredentials()).isNull();
    }

    @Test
    void shouldTakeCredentialsFromACompleteSecret() {
        // Given
        var secrets = secrets(SPEC, secret("keys", "aws_access_key_id", "aws_secret_access_key"));

        // When
        var credentials = Objects.requireNonNull(secrets.awsCredentials());

        // Then
        assertThat(secrets.problem()).isNull();
        assertThat(credentials.accessKeyId()).isEqualTo("aws_access_key_id");
    }

    @Test
    void shouldSayWhatReplacingAnIncompleteSigningKeyCosts() {
        // Given
        var secrets = secrets("dynamodb: {region: eu-west-1}", secret("demo-signing-key", "jwks.json"));

        // When
        var problem = Objects.requireNonNull(secrets.problem());

        // Then
        assertThat(problem.message()).contains("demo-signing-key", "private.pem", "every token signed so far");
    }

    @Test
    void shouldCheckEverySecretThatTheSpecRefersTo() {
        // Given
        var spec = """
                dynamodb: {region: eu-west-1}
                redis: {external: {endpoints: [a.test:6379], tls: true, credentialsSecretRef: {name: redis}, caSecretRef: {name: ca}}}
                ingress: {host: chat.test, tlsSecretRef: {name: tls}}
                webhook: {url: https://app.test, signingSecretRef: {name: hook}}
                """;
        var all = Map.of(
                "spec.redis.external.credentialsSecretRef", secret("redis", "password"),
                "spec.redis.external.caSecretRef", secret("ca", "ca.crt"),
                "spec.ingress.tlsSecretRef", secret("tls", "tls.crt", "tls.key"),
                "spec.webhook.signingSecretRef", secret("hook", "secret"));

        // When
        var missed = all.entrySet().stream()
                .map(missing -> Map.entry(
                        missing.getKey(),
                        String.valueOf(secrets(
                                        spec,
                                        all.values().stream()
                                                .filter(secret -> secret != missing.getValue())
                                                .toArray(Secret[]::new))
                                .problem())))
                .toList();

        // Then
        assertThat(missed).allMatch(missing -> missing.getValue().contains(missing.getKey()));
        assertThat(secrets(spec, all.values().toArray(Secret[]::new)).problem()).isNull();
    }
}
