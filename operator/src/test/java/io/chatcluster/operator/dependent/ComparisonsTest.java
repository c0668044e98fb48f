package io.chatcluster.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.processing.dependent.Matcher.Result;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
    private static final ResourceID CLUSTER = new ResourceID("demo", "default");

    private final Comparisons comparisons = new Comparisons();
    private int compared;

    private static ConfigMap actual(String uid, String version) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("demo")
                .withUid(uid)
                .withResourceVersion(version)
                .endMetadata()
                .build();
    }

    private static ConfigMap desired(String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("demo")
                .endMetadata()
                .addToData("key", value)
                .build();
    }

    /** What one visit finds of an object that is as {@code wanted} says, or not. */
    private boolean visit(ConfigMap actual, ConfigMap desired, boolean wanted) {
        return comparisons
                .begin(CLUSTER)
                .match(actual, desired, () -> {
                    compared++;
                    return Result.computed(wanted, desired);
                })
                .matched();
    }

    @Test
    void shouldNotCompareAgainWhatHasNotChanged() {
        // Given
        visit(actual("a", "1"), desired("v"), true);

        // When
        var second = visit(actual("a", "1"), desired("v"), false);
        var third = visit(actual("a", "1"), desired("v"), false);

        // Then
        assertThat(second).isTrue();
        assertThat(third).isTrue();
        assertThat(compared).isEqualTo(1);
    }

    @Test
    void shouldCompareWhatSomebodyChanged() {
        // Given
        visit(actual("a", "1"), desired("v"), true);

        // When
        var again = visit(actual("a", "2"), desired("v"), false);

        // Then
        assertThat(again).isFalse();
    }

    @Test
    void shouldCompareWhatWasMadeAnew() {
        // Given
        visit(actual("a", "1"), desired("v"), true);

        // When
        var again = visit(actual("b", "1"), desired("v"), false);

        // Then
        assertThat(again).isFalse();
    }

    @Test
    void shouldCompareWhereSomethingElseIsWanted() {
        // Given
        visit(actual("a", "1"), desired("v"), true);

        // When
        var again = visit(actual("a", "1"), desired("w"), false);

        // Then
        assertThat(again).isFalse();
    }

    @Test
    void shouldCompareWhatWasNotAsWanted() {
        // Given
        visit(actual("a", "1"), desired("v"), false);

        // When
        visit(actual("a", "1"), desired("v"), false);

        // Then
        assertThat(compared).isEqualTo(2);
    }

    @Test
    void shouldKeepNothingOfWhatIsGone() {
        // Given
        visit(actual("a", "1"), desired("v"), true);
        comparisons.begin(CLUSTER);

        // When
        visit(actual("a", "1"), desired("v"), true);

        // Then
        assertThat(compared).isEqualTo(2);
    }

    @Test
    void shouldForgetAChatCluster() {
        // Given
        visit(actual("a", "1"), desired("v"), true);

        // When
        comparisons.forget(CLUSTER);
        visit(actual("a", "1"), desired("v"), true);

        // Then
        assertThat(compared).isEqualTo(2);
    }
}
