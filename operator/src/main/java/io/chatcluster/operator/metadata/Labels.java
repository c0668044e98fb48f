package io.chatcluster.operator.metadata;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Labels by which the operator and people find what belongs to a ChatCluster. */
public final class Labels {
    public static final String INSTANCE = "app.kubernetes.io/instance";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String OPERATOR = "chatcluster-operator";

    /** Selects everything that the operator makes, whichever ChatCluster it belongs to. */
    public static final String MANAGED = MANAGED_BY + "=" + OPERATOR;

    public static final String NAME = "app.kubernetes.io/name";
    public static final String COMPONENT = "app.kubernetes.io/component";
    private static final String PART_OF = "app.kubernetes.io/part-of";
    private static final String VERSION = "app.kubernetes.io/version";
    public static final String SHARD = "chatcluster.io/shard";

    private Labels() {}

    /** Which pods a Deployment, Service or PodDisruptionBudget means. It never changes: a Deployment's cannot. */
    public static Map<String, String> selector(String instance, Component component) {
        return new TreeMap<>(Map.of(NAME, component.application(), INSTANCE, instance, COMPONENT, component.value()));
    }

    public static Map<String, String> shardSelector(String instance, int shard) {
        var labels = selector(instance, Component.REDIS);
        labels.put(SHARD, Integer.toString(shard));
        return labels;
    }

    /** Labels of pods: those of objects without the version, so that a new operator alone replaces no pod. */
    public static Map<String, String> ofPods(Map<String, String> selector) {
        var labels = new TreeMap<>(selector);
        labels.put(PART_OF, "chatcluster");
        labels.put(MANAGED_BY, OPERATOR);
        return labels;
    }

    public static Map<String, String> ofObject(String instance, Component component, String version) {
        var labels = ofPods(selector(instance, component));
        labels.put(VERSION, version);
        return labels;
    }

    /** The selector as {@code kubectl -l} takes it. */
    public static String format(Map<String, String> selector) {
        return selector.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }
}
