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
 * @param progressDeadlineSeconds how long a new pod may take to become ready
 * @param automaticRollback whether pods that do not come up become again what they were
 * @param properties content of the pods' application.properties
 * @param configHash hash of what the pods read only at start
 * @param restartedAt when the pods were last asked to restart; absent where they never were
 * @param secretMounts Secrets that the pods read
 */
public record ChatPlan(
        String image,
        int drainTimeoutSeconds,
        int progressDeadlineSeconds,
        boolean automaticRollback,
        String properties,
        String configHash,
        @Nullable String restartedAt,
        List<SecretMount> secretMounts,
        Map<String, String> serviceAccountAnnotations,
        Map<String, String> labels,
        Map<String, String> annotations,
        ResourceRequirements resources,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        Affinity affinity,
        List<TopologySpreadConstraint> topologySpreadConstraints,
        @Nullable String priorityClassName) {}
