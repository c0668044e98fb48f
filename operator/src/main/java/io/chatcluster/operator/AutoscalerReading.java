package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.dependent.ScaledObject;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.ScalePlan;
import io.chatcluster.operator.status.AutoscalerObservation;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads off the autoscaler of the chat pods, of whichever kind, what it does. */
final class AutoscalerReading {
    private AutoscalerReading() {}

    /** Null where there is none, or nobody has looked at it yet. */
    static @Nullable AutoscalerObservation of(ClusterPlan plan, Context<ChatCluster> context) {
        return switch (plan.scale()) {
            case ScalePlan.Fixed fixed -> null;
            case ScalePlan.Kept kept -> null;
            case ScalePlan.Autoscaled scale
            when scale.keda() != null ->
                context.getSecondaryResourcesAsStream(ScaledObject.class)
                        .map(ScaledObject::getStatus)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(AutoscalerReading::keda)
                        .orElse(null);
            case ScalePlan.Autoscaled scale ->
                context.getSecondaryResource(HorizontalPodAutoscaler.class)
                        .map(HorizontalPodAutoscaler::getStatus)
                        .map(AutoscalerReading::horizontal)
                        .orElse(null);
        };
    }

    private static AutoscalerObservation horizontal(HorizontalPodAutoscalerStatus status) {
        return new AutoscalerObservation(
                status.getConditions().stream()
                        .filter(condition -> condition.getStatus().equals("False")
                                && !condition.getType().equals("ScalingLimited"))
                        .map(condition -> condition.getMessage())
                        .findFirst()
                        .orElse(null),
                status.getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("ScalingActive")
                                && condition.getStatus().equals("True")),
                status.getDesiredReplicas());
    }

    /** KEDA's Ready says that its HorizontalPodAutoscaler is there and its triggers can be read; how many pods that wants it does not. */
    private static AutoscalerObservation keda(ScaledObject.Status status) {
        var conditions = Objects.requireNonNullElse(status.conditions(), List.<Condition>of());
        return new AutoscalerObservation(
                conditions.stream()
                        .filter(condition -> is(condition, "Ready", "False") || is(condition, "Paused", "True"))
                        .map(condition -> "KEDA says: " + condition.getMessage())
                        .findFirst()
                        .orElse(null),
                conditions.stream().anyMatch(condition -> is(condition, "Ready", "True")),
                null);
    }

    private static boolean is(Condition condition, String type, String status) {
        return type.equals(condition.getType()) && status.equals(condition.getStatus());
    }
}
