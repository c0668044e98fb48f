package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Bounds within which an autoscaler decides the number of chat pods. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "(has(self.minReplicas) ? self.minReplicas : 2) <= self.maxReplicas",
        fieldPath = ".minReplicas",
        message =
                "spec.autoscaling.minReplicas, which is 2 where it is absent, must be at most spec.autoscaling.maxReplicas")
@ValidationRule(
        value = "!has(self.keda) || !has(self.connectionsPerPod) || has(self.keda.prometheusAddress)",
        fieldPath = ".keda",
        message =
                "spec.autoscaling.keda.prometheusAddress must be set while spec.autoscaling.connectionsPerPod is: KEDA reads the connections there")
public record AutoscalingSpec(
        @Nullable @Min(1) @Max(1000) @JsonPropertyDescription("Fewest chat pods, 1 to 1000. Default: 2.")
        Integer minReplicas,

        @Required @Min(1) @Max(1000) @JsonPropertyDescription("Most chat pods, 1 to 1000, and at least minReplicas.")
        Integer maxReplicas,

        @Nullable
        @Min(1)
        @Max(1000000)
        @JsonPropertyDescription(
                "Client connections that each chat pod should have on average, 1 to 1000000. Needs a server of custom.metrics.k8s.io that knows the pods' metric chat_connections, or with keda a Prometheus. Default: connections decide nothing.")
        Integer connectionsPerPod,

        @Nullable
        @Min(1)
        @Max(100)
        @JsonPropertyDescription(
                "CPU that each chat pod should use on average, in per cent of what it requests, 1 to 100. Default: 70.")
        Integer cpuUtilization,

        @Nullable
        @JsonPropertyDescription(
                "A ScaledObject of KEDA, which must be installed, in place of a HorizontalPodAutoscaler. Default: a HorizontalPodAutoscaler.")
        KedaSpec keda) {}
