package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.ScalePlan;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Has KEDA decide the number of chat pods, where asked for. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED))
public final class ChatScaledObject extends PlannedSet<ScaledObject> {
    public ChatScaledObject() {
        super(ScaledObject.class, Component.RUNTIME);
    }

    @Override
    Stream<ScaledObject> desired(ClusterPlan plan) {
        return plan.scale() instanceof ScalePlan.Autoscaled scale && scale.keda() != null
                ? Stream.of(scaledObject(plan, scale, scale.keda()))
                : Stream.empty();
    }

    /** KEDA refuses a Deployment that another autoscaler looks after: its end is waited for, and brings the next visit. */
    @Override
    Stream<ScaledObject> desired(ClusterPlan plan, Context<ChatCluster> context) {
        return context.getSecondaryResource(HorizontalPodAutoscaler.class).isEmpty() ? desired(plan) : Stream.empty();
    }

    private static ScaledObject scaledObject(ClusterPlan plan, ScalePlan.Autoscaled scale, ScalePlan.Keda keda) {
        var object = new ScaledObject();
        object.setMetadata(
                PlannedResource.metadata(plan, Component.RUNTIME, plan.names().chat()));
        object.setSpec(new ScaledObject.Spec(
                new CrossVersionObjectReference(
                        "apps/v1", "Deployment", plan.names().chat()),
                scale.minReplicas(),
                scale.maxReplicas(),
                new ScaledObject.Advanced(new ScaledObject.AutoscalerConfig(ScalingBehavior.FAST_UP_SLOW_DOWN)),
                triggers(plan, scale, keda)));
        return object;
    }

    private static List<ScaledObject.Trigger> triggers(
            ClusterPlan plan, ScalePlan.Autoscaled scale, ScalePlan.Keda keda) {
        var triggers = new ArrayList<ScaledObject.Trigger>();
        triggers.add(new ScaledObject.Trigger(
                "cpu", "Utilization", Map.of("value", Integer.toString(scale.cpuUtilization()))));
        if (scale.connectionsPerPod() != null && keda.prometheusAddress() != null) {
            triggers.add(new ScaledObject.Trigger(
                    "prometheus",
                    "AverageValue",
                    Map.of(
                            "serverAddress",
                            keda.prometheusAddress(),
                            "query",
                            connections(plan),
                            "threshold",
                            Integer.toString(scale.connectionsPerPod()),
                            // Else a Prometheus that knows nothing of the pods would say that nobody is connected.
                            "ignoreNullValues",
                            "false")));
        }
        return triggers;
    }

    /** A Deployment's pods have its name and two more parts, as of a ReplicaSet and of a pod. */
    private static String connections(ClusterPlan plan) {
        return "sum(%s{namespace=\"%s\",pod=~\"%s-[a-z0-9]+-[a-z0-9]+\"})"
                .formatted(
                        ChatAutoscaler.CONNECTIONS,
                        plan.names().namespace(),
                        plan.names().chat());
    }
}
