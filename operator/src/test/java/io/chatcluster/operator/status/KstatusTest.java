package io.chatcluster.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Planning;
import io.chatcluster.operator.plan.Plans;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tools that know nothing of ChatClusters can wait for one. */
class KstatusTest {
    private static final String SPEC = "dynamodb: {region: eu-west-1}";
    private static final ClusterPlan PLAN = Plans.of(SPEC);
    private static final long GENERATION = 7;

    private static ChatClusterStatus assemble(Seen seen) {
        return StatusAssembler.assemble(null, PLAN, seen.build(), GENERATION, Plans.NOW);
    }

    private static ChatCluster cluster(long generation, @Nullable ChatClusterStatus status) {
        var cluster = Plans.cluster(SPEC);
        cluster.getMetadata().setGeneration(generation);
        cluster.setStatus(status);
        return cluster;
    }

    static Stream<Seen> obstacles() {
        return Stream.of(
                Seen.of(PLAN).noAws().rollout(null).pods(),
                Seen.of(PLAN).secrets(Seen.LASTING),
                Seen.of(PLAN).storage(Seen.PASSING),
                Seen.of(PLAN).storage(Seen.LASTING),
                Seen.of(PLAN).shards(new ShardObservation("demo-redis-0", false)),
                Seen.of(PLAN).rollout(3, 1, 2),
                Seen.of(PLAN).pods(PodState.silent("a", Instant.EPOCH)));
    }

    @Test
    void shouldBeCurrentWhenChatWorksAsTheSpecSays() {
        assertThat(Kstatus.of(cluster(GENERATION, assemble(Seen.of(PLAN))))).isEqualTo(Kstatus.CURRENT);
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void shouldBeInProgressWhileChatDoesNotWorkAsTheSpecSays(Seen seen) {
        assertThat(Kstatus.of(cluster(GENERATION, assemble(seen)))).isEqualTo(Kstatus.IN_PROGRESS);
    }

    @Test
    void shouldBeInProgressFromAChangeUntilTheOperatorHasSeenIt() {
        assertThat(Kstatus.of(cluster(GENERATION + 1, assemble(Seen.of(PLAN))))).isEqualTo(Kstatus.IN_PROGRESS);
    }

    @Test
    void shouldBeInProgressWhereTheSpecCannotBeCarriedOut() {
        // Given
        var good = assemble(Seen.of(PLAN));

        // When
        var refused = StatusAssembler.assemble(
                good, new Planning.Refused(List.of("spec.a must be b.")), GENERATION, Instant.now());

        // Then
        assertThat(Kstatus.of(cluster(GENERATION, refused))).isEqualTo(Kstatus.IN_PROGRESS);
    }
}
