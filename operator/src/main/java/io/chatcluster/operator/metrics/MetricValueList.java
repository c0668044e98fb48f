package io.chatcluster.operator.metrics;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/** Values of one metric, as custom.metrics.k8s.io/v1beta2 writes them. */
@JsonPropertyOrder({"kind", "apiVersion", "metadata", "items"})
record MetricValueList(String kind, String apiVersion, Map<String, String> metadata, List<MetricValue> items) {

    static MetricValueList of(List<MetricValue> items) {
        return new MetricValueList("MetricValueList", CustomMetricsApi.GROUP_VERSION, Map.of(), items);
    }

    /**
     * The value for one object.
     *
     * @param timestamp when it was so, in RFC 3339
     * @param value a quantity
     */
    record MetricValue(DescribedObject describedObject, Metric metric, String timestamp, String value) {}

    record DescribedObject(String kind, String namespace, String name, String apiVersion) {}

    record Metric(String name) {}
}
