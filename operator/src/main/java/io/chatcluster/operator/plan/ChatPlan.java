package io.chatcluster.operator.plan;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chat pods.
 *
 * @param drainTimeoutSeconds how long a leaving pod may take to move its clients
 * @param properties content of the pods' application.properties
 * @param configHash hash of what the pods read only at start
 */
public record ChatPlan(
        String image,
        int replicas,
        int drainTimeoutSeconds,
        String properties,
        String configHash,
        Map<String, String> serviceAccountAnnotations,
        Map<String, String> labels,
        Map<String, String> annotations,
        ResourceRequirements resources,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        Affinity affinity,
        List<TopologySpreadConstraint> topologySpreadConstraints,
        @Nullable String priorityClassName) {}
