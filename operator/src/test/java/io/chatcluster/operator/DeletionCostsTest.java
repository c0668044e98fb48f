package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.plan.ScalePlan;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which pod goes first, and when that is worth a write. */
class DeletionCostsTest {

    private static Map<String, Map<String, String>> written(Map<String, Integer> costs) {
        return costs.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        cost -> Map.of(DeletionCosts.ANNOTATION, cost.getValue().toString())));
    }

    private static Deployment live(int replicas) {
        return new DeploymentBuilder()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
    }

    @Test
    void shouldCostTheMoreTheMoreClientsThereAre() {
        // Given
        var connections = Map.of("empty", 0, "few", 40, "some", 600, "more", 900, "many", 5000);

        // When
        var costs = DeletionCosts.changes(connections, Map.of());

        // Then
        assertThat(costs).doesNotContainKey("empty");
        assertThat(Objects.requireNonNull(costs.get("few"))).isPositive().isLessThan(costs.get("some"));
        assertThat(Objects.requireNonNull(costs.get("some"))).isLessThan(costs.get("more"));
        assertThat(Objects.requireNonNull(costs.get("more"))).isLessThan(costs.get("many"));
    }

    @Test
    void shouldWriteNothingWhileClientsComeAndGo() {
        // Given
        var costs = written(DeletionCosts.changes(Map.of("a", 1000, "b", 20), Map.of()));

        // When
        var changes = DeletionCosts.changes(Map.of("a", 1120, "b", 18), costs);

        // Then
        assertThat(changes).isEmpty();
    }

    @Test
    void shouldWriteWhenTheClientsOfAPodDoubled() {
        // Given
        var costs = written(DeletionCosts.changes(Map.of("a", 500, "b", 500), Map.of()));

        // When
        var changes = DeletionCosts.changes(Map.of("a", 500, "b", 1000), costs);

        // Then
        assertThat(changes).containsOnlyKeys("b");
    }

    @Test
    void shouldReplaceWhatIsNoCost() {
        assertThat(DeletionCosts.changes(Map.of("a", 0), Map.of("a", Map.of(DeletionCosts.ANNOTATION, "never"))))
                .containsExactly(Map.entry("a", 0));
    }

    @Test
    void shouldSayNothingOfPodsThatSaidNothing() {
        assertThat(DeletionCosts.changes(Map.of(), written(Map.of("a", 7)))).isEmpty();
    }

    @Test
    void shouldMarkPodsOnlyWhileThereMayBeFewer() {
        var autoscaled = new ScalePlan.Autoscaled(2, 9, 70, 100, null);

        assertThat(EmptiestFirst.mayShrink(autoscaled, live(3))).isTrue();
        assertThat(EmptiestFirst.mayShrink(autoscaled, live(2))).isFalse();
        assertThat(EmptiestFirst.mayShrink(new ScalePlan.Fixed(2), live(3))).isTrue();
        assertThat(EmptiestFirst.mayShrink(new ScalePlan.Fixed(2), live(2))).isFalse();
        assertThat(EmptiestFirst.mayShrink(new ScalePlan.Kept(), live(9))).isFalse();
    }
}
