package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The conditions of every ChatCluster as metrics, one for each: a label for the status as well would make it three, of a thousand ChatClusters 30,000. */
@ApplicationScoped
public class ConditionMetrics {
    static final String NAME = "chatcluster.condition";

    private static final int UNKNOWN = -1;

    private final MeterRegistry registry;
    private final Map<ResourceID, Shown> shown = new ConcurrentHashMap<>();

    ConditionMetrics(MeterRegistry registry) {
        // Beside each of its only registry's gauges, of which there are ten thousand, a composite would keep another.
        this.registry = registry instanceof CompositeMeterRegistry several
                        && several.getRegistries().size() == 1
                ? several.getRegistries().iterator().next()
                : registry;
    }

    /** What is shown of one ChatCluster: the gauges read it. */
    private static final class Shown {
        private volatile Map<String, Integer> values = Map.of();
        private List<Gauge> gauges = List.of();
    }

    void show(ResourceID cluster, ChatClusterStatus status) {
        var values = Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                .collect(Collectors.toUnmodifiableMap(Condition::getType, ConditionMetrics::value));
        shown.compute(cluster, (id, before) -> {
            var now = before == null ? new Shown() : before;
            now.values = values;
            if (before == null) {
                now.gauges = values.keySet().stream()
                        .map(type -> register(id, type, now))
                        .toList();
            }
            return now;
        });
    }

    void forget(ResourceID cluster) {
        shown.computeIfPresent(cluster, (id, gone) -> {
            gone.gauges.forEach(registry::remove);
            return null;
        });
    }

    private Gauge register(ResourceID cluster, String type, Shown now) {
        return Gauge.builder(NAME, now, holder -> holder.values.getOrDefault(type, UNKNOWN))
                .description("Conditions of ChatClusters: 1 is True, 0 is False, -1 is Unknown.")
                .tags("namespace", cluster.getNamespace().orElseThrow(), "name", cluster.getName(), "type", type)
                .register(registry);
    }

    private static int value(Condition condition) {
        return switch (condition.getStatus()) {
            case "True" -> 1;
            case "False" -> 0;
            default -> UNKNOWN;
        };
    }
}
