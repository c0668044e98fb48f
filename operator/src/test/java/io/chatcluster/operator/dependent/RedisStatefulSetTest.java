package io.chatcluster.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.plan.Plans;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which Redis server is replaced next. */
class RedisStatefulSetTest {
    private static final String OLD = "1";
    private static final String NEW = "2";

    private static StatefulSet shard(String name, String runs, int available) {
        return shard(name, runs, runs.equals(NEW) ? 1 : 0, available);
    }

    /** @param updated pods that are as the newest revision says */
    private static StatefulSet shard(String name, String runs, int updated, int available) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .withCurrentRevision(runs)
                .withUpdateRevision(NEW)
                .withReplicas(1)
                .withUpdatedReplicas(updated)
                .withAvailableReplicas(available)
                .endStatus()
                .build();
    }

    @Test
    void shouldReplaceNoneThatIsAsItShouldBe() {
        assertThat(RedisTurn.of(List.of(shard("a", NEW, 1), shard("b", NEW, 0))))
                .isEmpty();
    }

    @Test
    void shouldReplaceOneAtATime() {
        assertThat(RedisTurn.of(List.of(shard("b", OLD, 1), shard("a", OLD, 1))))
                .contains("a");
    }

    @Test
    void shouldKeepToTheOneThatIsBeingReplaced() {
        assertThat(RedisTurn.of(List.of(shard("a", OLD, 0), shard("b", OLD, 1))))
                .contains("a");
    }

    @Test
    void shouldWaitUntilTheOneBeforeServes() {
        assertThat(RedisTurn.of(List.of(shard("a", NEW, 0), shard("b", OLD, 1))))
                .isEmpty();
        assertThat(RedisTurn.of(List.of(shard("a", NEW, 1), shard("b", OLD, 1))))
                .contains("b");
    }

    @Test
    void shouldReplaceFirstWhatDoesNotServeAnyway() {
        assertThat(RedisTurn.of(List.of(shard("a", OLD, 1), shard("b", OLD, 0))))
                .contains("b");
    }

    @Test
    void shouldReplaceAServerOfAChangeThatWasTakenBack() {
        assertThat(RedisTurn.of(List.of(shard("a", NEW, 0, 0), shard("b", NEW, 1))))
                .contains("a");
    }

    @Test
    void shouldHoldEveryServerBackWhoseTurnItIsNot() {
        // Given
        var plan = Plans.of("dynamodb: {region: eu-west-1}");

        // When
        var shards = new RedisStatefulSet().desired(plan);

        // Then
        assertThat(shards)
                .hasSize(2)
                .allSatisfy(shard -> assertThat(shard.getSpec()
                                .getUpdateStrategy()
                                .getRollingUpdate()
                                .getPartition())
                        .isEqualTo(shard.getSpec().getReplicas()));
    }
}
