package io.chatcluster.operator.dependent;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** KEDA's kind of autoscaler, as much of it as is used here. */
@Group("keda.sh")
@Version("v1alpha1")
public final class ScaledObject extends CustomResource<ScaledObject.Spec, ScaledObject.Status> implements Namespaced {

    /** What is asked of KEDA. */
    public record Spec(
            CrossVersionObjectReference scaleTargetRef,
            int minReplicaCount,
            int maxReplicaCount,
            Advanced advanced,
            List<Trigger> triggers) {}

    /** About the HorizontalPodAutoscaler that KEDA makes. */
    public record Advanced(AutoscalerConfig horizontalPodAutoscalerConfig) {}

    /** How fast that one changes the number. */
    public record AutoscalerConfig(HorizontalPodAutoscalerBehavior behavior) {}

    /** What decides: the average over all pods is held at a value. */
    public record Trigger(String type, String metricType, Map<String, String> metadata) {}

    /** What KEDA says about it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Status(@Nullable List<Condition> conditions) {}
}
