package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What alerts can read of the conditions. */
class ConditionMetricsTest {
    private static final ResourceID DEMO = new ResourceID("demo", "shop");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ConditionMetrics metrics = new ConditionMetrics(registry);

    private static ChatClusterStatus status(Map<String, String> conditions) {
        var list = conditions.entrySet().stream()
                .map(condition -> new ConditionBuilder()
                        .withType(condition.getKey())
                        .withStatus(condition.getValue())
                        .build())
                .toList();
        return new ChatClusterStatus(null, list, null, null, null, null, null, null, null, null, null, null, null);
    }

    private @Nullable Double value(String name, String type) {
        return registry.getPrometheusRegistry()
                .getSampleValue(ConditionMetrics.NAME, ConditionMetrics.LABELS.toArray(String[]::new), new String[] {
                    "shop", name, type
                });
    }

    @Test
    void shouldTellTrueFromFalseAndUnknown() {
        // When
        metrics.show(DEMO, status(Map.of("Ready", "False", "Accepted", "True", "Delivering", "Unknown")));

        // Then
        assertThat(List.of(value("demo", "Accepted"), value("demo", "Ready"), value("demo", "Delivering")))
                .containsExactly(1.0, 0.0, -1.0);
    }

    @Test
    void shouldFollowAConditionThatFlips() {
        // Given
        metrics.show(DEMO, status(Map.of("Ready", "False")));

        // When
        metrics.show(DEMO, status(Map.of("Ready", "True")));

        // Then
        assertThat(value("demo", "Ready")).isEqualTo(1.0);
    }

    @Test
    void shouldForgetAChatClusterThatIsGoneAndNoOther() {
        // Given
        metrics.show(DEMO, status(Map.of("Ready", "True", "Accepted", "True")));
        metrics.show(new ResourceID("other", "shop"), status(Map.of("Ready", "True")));

        // When
        metrics.forget(DEMO);

        // Then
        assertThat(metrics.collect())
                .flatExtracting(family -> family.samples)
                .singleElement()
                .extracting(sample -> sample.labelValues)
                .isEqualTo(List.of("shop", "other", "Ready"));
    }

    @Test
    void shouldShowOneThatComesAgain() {
        // Given
        metrics.show(DEMO, status(Map.of("Ready", "True")));
        metrics.forget(DEMO);

        // When
        metrics.show(DEMO, status(Map.of("Ready", "False")));

        // Then
        assertThat(value("demo", "Ready")).isEqualTo(0.0);
    }
}
