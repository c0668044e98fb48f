package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.RedisStatus;
import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.plan.ShardLists;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

    @RegisterExtension
    final StagedOperator operator = new StagedOperator(STAGE);

    private Controllers controllers() {
        return operator.controllers();
    }

    private void given(String redis) {
        operator.makeReady("redis: {%s}".formatted(redis));
    }

    private Condition condition(String type) {
        return operator.condition(type).orElseGet(Condition::new);
    }

    private @Nullable String revision() {
        return controllers().deployment().getMetadata().getAnnotations().get(Annotations.REVISION);
    }

    private List<String> told() {
        var lists = STAGE.client()
                .configMaps()
                .inNamespace(operator.namespace())
                .withName("demo-redis-shards")
                .require();
        return Objects.requireNonNull(lists.getData().get(ShardLists.FILE))
                .lines()
                .toList();
    }

    private List<String> servers() {
        var client = STAGE.client();
        return Stream.of(
                        client.apps()
                                .statefulSets()
                                .inNamespace(operator.namespace())
                                .list(),
                        client.services().inNamespace(operator.namespace()).list(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(operator.namespace())
                                .list(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(operator.namespace())
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
                .inNamespace(operator.namespace())
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
        operator.patch(EXTERNAL);
        awaitAnotherRevisionThan(before);
        operator.visit(2);

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
        operator.awaitReady();
    }

    @Test
    void shouldKeepItsServersWhereThePodsGoBackToThem() {
        // Given
        given("managed: {}");
        var before = revision();
        var told = told();

        // When
        operator.patch(EXTERNAL);
        awaitAnotherRevisionThan(before);
        controllers().startOne("demo-chat-bad", "InvalidImageName");
        RunningOperator.await("the way back", () -> assertThat(revision()).isEqualTo(before));
        controllers().complete();
        operator.visit(2);

        // Then
        assertThat(servers()).containsExactlyInAnyOrder(SERVERS);
        assertThat(told()).isEqualTo(told);
        assertThat(condition("RedisReady").getReason()).isEqualTo("ShardsReady");
        assertThat(operator.cluster().require().getStatus().redis())
                .extracting(RedisStatus::ready)
                .isEqualTo(0);
        assertThat(condition("Progressing").getReason()).isEqualTo("RolledBack");
    }

    @Test
    void shouldKeepItsServersUntilPodsDeliverWithoutThem() {
        // Given
        given("managed: {}");
        var before = revision();
        operator.patch(EXTERNAL);
        awaitAnotherRevisionThan(before);

        // When
        controllers()
                .pods()
                .forEach(pod -> STAGE.client().resource(pod).withGracePeriod(0).delete());
        controllers().startOne("demo-chat-new", "ContainerCreating");
        operator.visit(2);

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
        operator.patch(MANAGED);
        RunningOperator.await("the servers", () -> assertThat(servers()).containsExactlyInAnyOrder(SERVERS));
        operator.visit(2);

        // Then
        assertThat(revision()).isEqualTo(before);
        assertThat(condition("Progressing").getMessage())
                .isEqualTo("New chat pods wait until the Redis servers demo-redis-0, demo-redis-1 answer;"
                        + " those there are go on with spec.redis.external as it was.");
        assertThat(condition("RedisReady").getReason()).isEqualTo("ShardsNotReady");
        assertThat(told()).containsExactly("redis.test:6379");

        // When
        controllers().startShards();
        awaitAnotherRevisionThan(before);
        operator.visit(2);

        // Then
        assertThat(told()).hasSize(2).startsWith("redis.test:6379");

        // When
        controllers().complete();

        // Then
        RunningOperator.await(
                "the former servers to be forgotten",
                () -> assertThat(told()).singleElement().asString().startsWith("demo-redis-0."));
        operator.awaitReady();
    }
}
