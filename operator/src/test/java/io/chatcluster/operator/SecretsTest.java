package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.plan.SecretsPlan;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
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

    private static final SecretsPlan NONE_OF_ITS_OWN = new SecretsPlan(null, null, null, List.of());
    private static final SecretsPlan ALL_ITS_OWN = new SecretsPlan(Map.of(), Map.of(), Map.of(), List.of());

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
        var problem = secrets.problem(NONE_OF_ITS_OWN);

        // Then
        assertThat(problem).isNull();
        assertThat(secrets.awsCredentials()).isNotNull();
    }

    @Test
    void shouldNameTheMissingSecretItsFieldAndItsKeys() {
        // Given
        var secrets = secrets(SPEC);

        // When
        var problem = Objects.requireNonNull(secrets.problem(NONE_OF_ITS_OWN));

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
        var problem = Objects.requireNonNull(secrets.problem(NONE_OF_ITS_OWN));

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
        assertThat(secrets.problem(NONE_OF_ITS_OWN)).isNull();
        assertThat(credentials.accessKeyId()).isEqualTo("aws_access_key_id");
    }

    @Test
    void shouldSayWhatReplacingAnIncompleteSigningKeyCosts() {
        // Given
        var secrets = secrets("dynamodb: {region: eu-west-1}", secret("demo-signing-key", "jwks.json"));

        // When
        var problem = Objects.requireNonNull(secrets.problem(ALL_ITS_OWN));

        // Then
        assertThat(problem.message()).contains("demo-signing-key", "private.pem", "every token signed so far");
    }

    @Test
    void shouldMissEachSecretThatTheOperatorMakes() {
        // Given
        var own = List.of(
                secret("demo-signing-key", "private.pem", "jwks.json"),
                secret("demo-redis-auth", "credentials", "administrator"),
                secret("demo-redis-tls", "ca.crt", "ca.key", "tls.crt", "tls.key"));

        // When
        var missed = own.stream()
                .map(missing -> Map.entry(
                        missing.getMetadata().getName(),
                        Objects.requireNonNull(secrets(
                                        "dynamodb: {region: eu-west-1}",
                                        own.stream()
                                                .filter(secret -> secret != missing)
                                                .toArray(Secret[]::new))
                                .problem(ALL_ITS_OWN))))
                .toList();

        // Then
        assertThat(missed)
                .allSatisfy(
                        missing -> assertThat(missing.getValue().reason()).isEqualTo(ConditionReason.SECRET_MISSING))
                .allSatisfy(missing -> assertThat(missing.getValue().message()).contains(missing.getKey()));
        assertThat(secrets("dynamodb: {region: eu-west-1}", own.toArray(Secret[]::new))
                        .problem(ALL_ITS_OWN))
                .isNull();
    }

    @Test
    void shouldCheckTheCertificatesOfRedis() {
        // Given
        var secrets = secrets(
                "dynamodb: {region: eu-west-1}",
                secret("demo-signing-key", "private.pem", "jwks.json"),
                secret("demo-redis-auth", "credentials", "administrator"),
                secret("demo-redis-tls", "ca.crt", "ca.key", "tls.crt"));

        // When
        var problem = Objects.requireNonNull(secrets.problem(ALL_ITS_OWN));

        // Then
        assertThat(problem.reason()).isEqualTo(ConditionReason.SECRET_INVALID);
        assertThat(problem.message()).contains("demo-redis-tls lacks [tls.key]");
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
                                .problem(NONE_OF_ITS_OWN))))
                .toList();

        // Then
        assertThat(missed).allMatch(missing -> missing.getValue().contains(missing.getKey()));
        assertThat(secrets(spec, all.values().toArray(Secret[]::new)).problem(NONE_OF_ITS_OWN))
                .isNull();
    }
}
