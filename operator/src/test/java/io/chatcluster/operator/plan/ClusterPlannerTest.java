package io.chatcluster.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.Provisioning;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every default, and what a spec changes of it. */
class ClusterPlannerTest {
    private static final String LEAST = "dynamodb: {region: eu-west-1}\n";

    private static List<String> problems(String spec) {
        return switch (Plans.plan(Plans.cluster(spec), SecretContents.NONE)) {
            case Planning.Planned planned -> List.of();
            case Planning.Refused refused -> refused.problems();
        };
    }

    @Test
    void shouldResolveEveryDefaultOfTheChatPods() {
        // Given
        var spec = LEAST;

        // When
        var plan = Plans.of(spec);

        // Then
        assertThat(plan.chat().image()).isEqualTo("registry.test/runtime:1.2.3");
        assertThat(plan.chat().drainTimeoutSeconds()).isEqualTo(30);
        assertThat(plan.chat().progressDeadlineSeconds()).isEqualTo(600);
        assertThat(plan.chat().restartedAt()).isNull();
        assertThat(plan.chat().resources().getRequests().get("cpu")).hasToString("100m");
        assertThat(plan.chat().resources().getLimits().get("memory")).hasToString("512Mi");
        assertThat(plan.chat().topologySpreadConstraints())
                .extracting("topologyKey")
                .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
        assertThat(plan.scale()).isEqualTo(new ScalePlan.Kept());
        assertThat(plan.scale().initial()).isEqualTo(2);
        assertThat(plan.ingress()).isNull();
        assertThat(plan.media()).isNull();
        assertThat(plan.endpoint()).isEqualTo("http://demo-chat.shop.svc");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            chat.auth.issuer                    | https://chatcluster.io/shop/demo
            chat.auth.audience                  | chat
            chat.auth.jwks-file                 | /etc/chatcluster/auth/jwks.json
            chat.drain.timeout                  | 30s
            chat.dynamodb.table-prefix          | shop-demo-
            chat.limits.message-bytes-max       | 65536
            chat.limits.room-members-max        | 10000
            chat.limits.messages-per-second     | 20
            chat.limits.connections-per-user    | 20
            chat.redis.shards-file              | /app/config/shards
            chat.redis.credentials-file         | /etc/chatcluster/redis/credentials
            chat.redis.ca-file                  | /etc/chatcluster/redis-ca/ca.crt
            chat.redis.tls                      | true
            """)
    void shouldTellTheChatPodsEveryDefault(String key, String value) {
        assertThat(Plans.of(LEAST).chat().properties().lines()).contains(key + "=" + value);
    }

    @ParameterizedTest
    @CsvSource({
        "chat.media",
        "chat.webhook",
        "chat.traces",
        "quarkus.otel",
        "chat.allowed-origins",
        "chat.aws",
        "chat.dynamodb.endpoint",
        "chat.dynamodb.history-retention-days",
        "chat.auth.token-url",
        "chat.auth.algorithms"
    })
    void shouldTellTheChatPodsNothingOfWhatIsNotAskedFor(String prefix) {
        assertThat(Plans.of(LEAST).chat().properties().lines()).noneMatch(line -> line.startsWith(prefix));
    }

    @Test
    void shouldResolveEveryDefaultOfTheTables() {
        assertThat(Plans.of(LEAST).storage())
                .isEqualTo(new StoragePlan(
                        new AwsLocation("eu-west-1", null),
                        "shop-demo-",
                        true,
                        Provisioning.MANAGED,
                        DeletionPolicy.RETAIN));
    }

    @Test
    void shouldAskStandInsOfDynamoDbForNoBackups() {
        assertThat(Plans.of("dynamodb: {region: eu-west-1, endpoint: 'http://local.test'}")
                        .storage()
                        .pointInTimeRecovery())
                .isFalse();
    }

    @Test
    void shouldProtectTablesThatAreToBeKept() {
        assertThat(Plans.of(LEAST).storage().deletionProtection()).isTrue();
        assertThat(Plans.of("dynamodb: {region: eu-west-1, deletionPolicy: Delete}")
                        .storage()
                        .deletionProtection())
                .isFalse();
    }

    @Test
    void shouldResolveEveryDefaultOfTheBucket() {
        assertThat(Plans.of(LEAST + "media: {}").media())
                .isEqualTo(new MediaPlan(
                        new AwsLocation("eu-west-1", null),
                        null,
                        "shop-demo-media",
                        104857600,
                        List.of(),
                        List.of("*"),
                        null,
                        Provisioning.MANAGED,
                        DeletionPolicy.RETAIN));
    }

    @Test
    void shouldOpenTheBucketToTheOriginsThatMayConnect() {
        // Given
        var spec = LEAST + "media: {}\ningress: {host: chat.test, allowedOrigins: ['https://app.test']}";

        // When
        var media = Objects.requireNonNull(Plans.of(spec).media());

        // Then
        assertThat(media.origins()).containsExactly("https://chat.test", "http://chat.test", "https://app.test");
    }

    @Test
    void shouldResolveEveryDefaultOfAnAutoscaler() {
        assertThat(Plans.of(LEAST + "autoscaling: {maxReplicas: 9}").scale())
                .isEqualTo(new ScalePlan.Autoscaled(2, 9, 70, null, null));
    }

    @Test
    void shouldResolveEveryDefaultOfAnIdentityProvider() {
        // Given
        var spec = LEAST + "auth: {oidc: {issuer: 'https://id.test', audience: shop}}";

        // When
        var plan = Plans.of(spec);

        // Then
        assertThat(plan.chat().properties().lines())
                .contains(
                        "chat.auth.issuer=https://id.test",
                        "chat.auth.audience=shop",
                        "chat.auth.user-claim=sub",
                        "chat.auth.algorithms[0]=RS256",
                        "chat.auth.algorithms[1]=ES256")
                .noneMatch(line -> line.startsWith("chat.auth.jwks"));
        assertThat(plan.secrets().signingKey()).isNull();
        assertThat(plan.chat().secretMounts())
                .extracting(SecretMount::directory)
                .containsExactly("redis", "redis-ca");
    }

    @Test
    void shouldConnectToAnExternalRedisWithoutTlsOrPasswordUnlessAsked() {
        // Given
        var spec = LEAST + "redis: {external: {endpoints: ['redis.test:6379']}}";

        // When
        var plan = Plans.of(spec);

        // Then
        assertThat(plan.chat().properties().lines())
                .contains("chat.redis.tls=false")
                .noneMatch(line -> line.startsWith("chat.redis.password"));
        assertThat(plan.redis().lists().text()).isEqualTo("redis.test:6379\n");
        assertThat(plan.secrets().redisAuth()).isNull();
    }

    @Test
    void shouldPassAUserNameOnlyWhereTheSecretHasOne() {
        // Given
        var cluster = Plans.cluster(
                LEAST + "redis: {external: {endpoints: ['redis.test:6379'], credentialsSecretRef: {name: keys}}}");
        var without = new SecretContents(null, null, null, Map.of("keys", Map.of("password", "eA==")));
        var with = new SecretContents(null, null, null, Map.of("keys", Map.of("password", "eA==", "username", "eA==")));

        // When
        var anonymous = Plans.of(Plans.plan(cluster, without));
        var named = Plans.of(Plans.plan(cluster, with));

        // Then
        assertThat(anonymous.chat().properties()).doesNotContain("username-file");
        assertThat(named.chat().properties()).contains("chat.redis.username-file=/etc/chatcluster/redis/username");
    }

    @Test
    void shouldRestartNoChatPodWhenTheAuthorityOfAnExternalRedisChanges() {
        // Given
        var cluster = Plans.cluster(
                LEAST + "redis: {external: {endpoints: ['redis.test:6379'], tls: true, caSecretRef: {name: ca}}}");

        // When
        var old = Plans.of(Plans.plan(
                cluster, new SecretContents(null, null, null, Map.of("ca", Map.of("ca.crt", "b2xk")))));
        var renewed = Plans.of(Plans.plan(
                cluster, new SecretContents(null, null, null, Map.of("ca", Map.of("ca.crt", "bmV3")))));

        // Then
        assertThat(renewed.chat()).isEqualTo(old.chat());
    }

    @Test
    void shouldRestartChatPodsByAnnotation() {
        // Given
        var cluster = Plans.cluster(LEAST);
        cluster.getMetadata().setAnnotations(Map.of("chatcluster.io/restartedAt", "today"));

        // When
        var plan = Plans.of(Plans.plan(cluster, SecretContents.NONE));

        // Then
        assertThat(plan.chat().restartedAt()).isEqualTo("today");
    }

    @Test
    void shouldEscapeWhatPropertiesGiveAMeaning() {
        // Given
        var spec = LEAST + "auth: {generated: {tokenUrl: '/a\\b${c}'}}";

        // When
        var properties = Plans.of(spec).chat().properties();

        // Then
        assertThat(properties.lines()).contains("chat.auth.token-url=/a\\\\b\\\\${c}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            template: {resources: {requests: {memory: 2Gi}, limits: {memory: 1Gi}}}       | spec.template.resources.requests.memory must be at most the limit
            redis: {managed: {resources: {requests: {cpu: '2'}, limits: {cpu: '1'}}}}     | spec.redis.managed.resources.requests.cpu must be at most the limit
            autoscaling: {maxReplicas: 3}; template: {resources: {requests: {memory: 1Gi}}} | spec.template.resources.requests.cpu must be set
            """)
    void shouldRefuseWhatTheSchemaCannotNamingTheField(String fields, String problem) {
        // Given
        var spec = LEAST + fields.replace("; ", "\n");

        // When
        var problems = problems(spec);

        // Then
        assertThat(problems).singleElement().asString().contains(problem);
    }

    @Test
    void shouldRefuseADefaultBucketNameThatIsTooLong() {
        // Given
        var cluster = Plans.cluster(LEAST + "media: {}");
        cluster.getMetadata().setNamespace("a".repeat(60));

        // When
        var planning = Plans.plan(cluster, SecretContents.NONE);

        // Then
        assertThat(planning)
                .isInstanceOfSatisfying(
                        Planning.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("spec.media.bucket must be set"));
    }

    @Test
    void shouldNeverTellASecret() {
        // Given
        var plan = Plans.of(LEAST);

        // When
        var credentials = Objects.requireNonNull(plan.secrets().redisAuth()).get("credentials");

        // Then
        assertThat(plan.toString()).doesNotContain(Objects.requireNonNull(credentials));
        assertThat(plan.chat().properties()).doesNotContain(credentials);
    }
}
