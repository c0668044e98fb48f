package io.chatcluster.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
import org.jspecify.annotations.Nullable;

/** Who decides the number of chat pods. */
public sealed interface ScalePlan {
    int DEFAULT_REPLICAS = 2;
    int DEFAULT_CPU_UTILIZATION = 70;

    /** Chat pods of a service that has none yet. */
    int initial();

    /** The spec. */
    record Fixed(int replicas) implements ScalePlan {
        @Override
        public int initial() {
            return replicas;
        }
    }

    /** Nobody: there are as many as an autoscaler left, or as many as there are by default. */
    record Kept() implements ScalePlan {
        @Override
        public int initial() {
            return DEFAULT_REPLICAS;
        }
    }

    /**
     * An autoscaler.
     *
     * @param cpuUtilization average in per cent of what a pod requests
     * @param connectionsPerPod average; absent where connections decide nothing
     * @param keda absent where a HorizontalPodAutoscaler does without KEDA
     */
    record Autoscaled(
            int minReplicas,
            int maxReplicas,
            int cpuUtilization,
            @Nullable Integer connectionsPerPod,
            @Nullable Keda keda)
            implements ScalePlan {
        @Override
        public int initial() {
            return minReplicas;
        }
    }

    /**
     * KEDA, by a ScaledObject.
     *
     * @param prometheusAddress URL; absent where connections decide nothing
     */
    record Keda(@Nullable String prometheusAddress) {}

    static ScalePlan of(ChatClusterSpec spec) {
        var autoscaling = spec.autoscaling();
        if (autoscaling != null) {
            return new Autoscaled(
                    requireNonNullElse(autoscaling.minReplicas(), DEFAULT_REPLICAS),
                    autoscaling.maxReplicas(),
                    requireNonNullElse(autoscaling.cpuUtilization(), DEFAULT_CPU_UTILIZATION),
                    autoscaling.connectionsPerPod(),
                    autoscaling.keda() == null
                            ? null
                            : new Keda(autoscaling.keda().prometheusAddress()));
        }
        return spec.replicas() == null ? new Kept() : new Fixed(spec.replicas());
    }
}
