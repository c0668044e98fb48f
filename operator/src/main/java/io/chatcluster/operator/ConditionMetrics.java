package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The conditions of every ChatCluster as metrics, made when they are asked for: of a thousand ChatClusters there are ten thousand,
 * and a gauge for each would be kept in between. A label for the status as well would make them three times as many.
 */
@Singleton
class ConditionMetrics extends Collector {
    static final String NAME = "chatcluster_condition";

    static final List<String> LABELS = List.of("namespace", "name", "type");
    private static final String HELP = "Conditions of ChatClusters: 1 is True, 0 is False, -1 is Unknown.";
    private static final double UNKNOWN = -1;

    private final Map<ResourceID, Map<String, Double>> shown = new ConcurrentHashMap<>();

    ConditionMetrics(PrometheusMeterRegistry registry) {
        registry.getPrometheusRegistry().register(this);
    }

    void show(ResourceID cluster, ChatClusterStatus status) {
        shown.put(
                cluster,
                Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                        .collect(Collectors.toUnmodifiableMap(Condition::getType, ConditionMetrics::value)));
    }

    void forget(ResourceID cluster) {
        shown.remove(cluster);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var conditions = new GaugeMetricFamily(NAME, HELP, LABELS);
        shown.forEach((cluster, values) -> values.forEach((type, value) ->
                conditions.addMetric(List.of(cluster.getNamespace().orElseThrow(), cluster.getName(), type), value)));
        return List.of(conditions);
    }

    private static double value(Condition condition) {
        return switch (condition.getStatus()) {
            case "True" -> 1;
            case "False" -> 0;
            default -> UNKNOWN;
        };
    }
}
