package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.plan.ShardLists;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operator's Redis servers give way to others, or take their place, with the whole operator on a real API server. */
class RedisReplacementTest {
    private static final String EXTERNAL =
            "{\"spec\": {\"redis\": {\"managed\": null, \"external\": {\"endpoints\": [\"redis.test:6379\"]}}}}";
    private static final String MANAGED = "{\"spec\": {\"redis\": {\"external\": null, \"managed\": {}}}}";
    private static final String[] SERVERS = {
        "NetworkPolicy demo-redis",
        "PodDisruptionBudget demo-redis",
        "Service demo-redis-0",
        "Service demo-redis-1",
        "StatefulSet demo-redis-0",
        "StatefulSet demo-redis-1"
    };

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private String namespace = "";
    private @Nullable RunningOperator operator;

    @BeforeEach
    void startOperator(TestInfo test) {
        namespace = "t" + Math.abs(test.getDisplayName().hashCode());
        operator = new RunningOperator(STAGE.server().connect(), "operator-a");
    }

    @AfterEach
    void stopOperator() {
        if (operator != null) {
            operator.close();
        }
    }

    private Controllers controllers() {
        return new Controllers(STAGE.client(), namespace);
    }

    private RunningOperator operator() {
        return Objects.requireNonNull(operator);
    }

    /** A ChatCluster that is Ready. */
    private void given(String redis) {
        STAGE.apply(namespace, "redis: {%s}".formatted(redis));
        RunningOperator.await(
                "the Deployment",
                () -> assertThat(controllers().deployment().getSpec().getReplicas())
                        .isEqualTo(2));
        controllers().startShards();
        controllers().complete();
        RunningOperator.await(
                "Ready", () -> assertThat(condition("Ready").getStatus()).isEqualTo("True"));
    }

    private Condition condition(String type) {
        return STAGE.condition(namespace, type).orElseGet(Condition::new);
    }

    private @Nullable String revision() {
        return controllers().deployment().getMetadata().getAnnotations().get(Annotations.REVISION);
    }

    private List<String> told() {
        var lists = STAGE.client()
                .configMaps()
                .inNamespace(namespace)
                .withName("demo-redis-shards")
                .require();
        return Objects.requireNonNull(lists.getData().get(ShardLists.FILE))
                .lines()
                .toList();
    }

    private List<String> servers() {
        var client = STAGE.client();
        return Stream.of(
                        client.apps().statefulSets().inNamespace(namespace).list(),
                        client.services().inNamespace(namespace).list(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(namespace)
                                .list())
                .flatMap(list -> list.getItems().stream())
                .map(HasMetadata.class::cast)
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .filter(name -> name.contains("demo-redis"))
                .toList();
    }

    private String resources() {
        return STAGE.client()
                .apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("demo-redis-0")
                .require()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .toString();
    }

    /** Lets the operator visit twice, the second time with all that the first one wrote. */
    private void visit() {
        for (int i = 0; i < 2; i++) {
            var before = operator().visits(namespace);
            STAGE.patch(namespace, "{\"metadata\": {\"annotations\": {\"touched\": \"%d\"}}}".formatted(before));
            RunningOperator.await(
                    "a visit", () -> assertThat(operator().visits(namespace)).isGreaterThan(before));
        }
    }

    private void awaitAnotherRevisionThan(@Nullable String before) {
        RunningOperator.await(
                "the new pods' template", () -> assertThat(revision()).isNotEqualTo(before));
    }

    @Test
    void shouldKeepItsServersUntilTheLastPodThatUsesThemIsReplaced() {
        // Given
        given("managed: {resources: {requests: {memory: 100Mi}}}");
        var before = revision();
        var managed = told().getFirst();
        var resources = resources();

        // When
        STAGE.patch(namespace, EXTERNAL);
        awaitAnotherRevisionThan(before);
        visit();

        // Then
        assertThat(servers()).containsExactlyInAnyOrder(SERVERS);
        assertThat(resources()).isEqualTo(resources);
        assertThat(told()).containsExactly(managed, "redis.test:6379");
        assertThat(condition("RedisReady").getReason()).isEqualTo("ShardsChanging");
        assertThat(condition("RedisReady").getMessage()).contains(managed + " -> redis.test:6379");
        assertThat(condition("Ready").getStatus()).isEqualTo("False");

        // When
        controllers().complete();

        // Then
        RunningOperator.await("the servers to go", () -> assertThat(servers()).isEmpty());
        assertThat(told()).containsExactly("redis.test:6379");
        RunningOperator.await(
                "Ready", () -> assertThat(condition("Ready").getStatus()).isEqualTo("True"));
    }

    @Test
    void shouldKeepItsServersWhereThePodsGoBackToThem() {
        // Given
        given("managed: {}");
        var before = revision();

        // When
        STAGE.patch(namespace, EXTERNAL);
        awaitAnotherRevisionThan(before);
        controllers().startOne("demo-chat-bad", "InvalidImageName");
        RunningOperator.await("the way back", () -> assertThat(revision()).isEqualTo(before));
        controllers().complete();
        visit();

        // Then
        assertThat(servers()).containsExactlyInAnyOrder(SERVERS);
        assertThat(condition("Progressing").getReason()).isEqualTo("RolledBack");
    }

    @Test
    void shouldKeepItsServersUntilPodsDeliverWithoutThem() {
        // Given
        given("managed: {}");
        var before = revision();
        STAGE.patch(namespace, EXTERNAL);
        awaitAnotherRevisionThan(before);

        // When
        controllers()
                .pods()
                .forEach(pod -> STAGE.client().resource(pod).withGracePeriod(0).delete());
        controllers().startOne("demo-chat-new", "ContainerCreating");
        visit();

        // Then
        assertThat(servers()).containsExactlyInAnyOrder(SERVERS);
        assertThat(told()).hasSize(2).endsWith("redis.test:6379");
    }

    @Test
    void shouldReplaceNoPodBeforeItsServersServe() {
        // Given
        given("external: {endpoints: ['redis.test:6379']}");
        var before = revision();

        // When
        STAGE.patch(namespace, MANAGED);
        RunningOperator.await("the servers", () -> assertThat(servers()).containsExactlyInAnyOrder(SERVERS));
        visit();

        // Then
        assertThat(revision()).isEqualTo(before);
        assertThat(condition("Progressing").getMessage())
                .isEqualTo("New chat pods wait until the Redis servers demo-redis-0, demo-redis-1 answer;"
                        + " those there are go on with spec.redis.external as it was.");
        assertThat(condition("RedisReady").getReason()).isEqualTo("ShardsNotReady");

        // When
        controllers().startShards();
        awaitAnotherRevisionThan(before);
        visit();

        // Then
        assertThat(told()).hasSize(2).startsWith("redis.test:6379");

        // When
        controllers().complete();

        // Then
        RunningOperator.await(
                "the former servers to be forgotten",
                () -> assertThat(told()).singleElement().asString().startsWith("demo-redis-0."));
        RunningOperator.await(
                "Ready", () -> assertThat(condition("Ready").getStatus()).isEqualTo("True"));
    }
}
