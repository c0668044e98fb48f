package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.ScalePlan;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Decides the number of chat pods by their CPU and, where asked for, by their connections, unless KEDA does. */
public final class ChatAutoscaler extends PlannedSet<HorizontalPodAutoscaler> {
    /** The chat pods' metric of open client connections. */
    static final String CONNECTIONS = "chat_connections";

    private static final String[] SUFFIXES = {"", "k", "M"};

    public ChatAutoscaler() {
        super(HorizontalPodAutoscaler.class, Component.RUNTIME);
    }

    @Override
    Stream<HorizontalPodAutoscaler> desired(ClusterPlan plan) {
        return switch (plan.scale()) {
            case ScalePlan.Autoscaled scale ->
                scale.keda() == null ? Stream.of(autoscaler(plan, scale)) : Stream.empty();
            case ScalePlan.Fixed fixed -> Stream.empty();
            case ScalePlan.Kept kept -> Stream.empty();
        };
    }

    /** Where there is no KEDA nobody else would scale. ScaledObjects are watched from the visit on that finds their kind. */
    @Override
    boolean isStillNeeded(ClusterPlan plan, Context<ChatCluster> context) {
        return plan.scale() instanceof ScalePlan.Autoscaled scale
                && scale.keda() != null
                && context.eventSourceRetriever()
                        .getEventSourcesFor(ScaledObject.class)
                        .isEmpty();
    }

    private static HorizontalPodAutoscaler autoscaler(ClusterPlan plan, ScalePlan.Autoscaled scale) {
        return new HorizontalPodAutoscalerBuilder()
                .withMetadata(PlannedResource.metadata(
                        plan, Component.RUNTIME, plan.names().chat()))
                .withNewSpec()
                .withNewScaleTargetRef()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withName(plan.names().chat())
                .endScaleTargetRef()
                .withMinReplicas(scale.minReplicas())
                .withMaxReplicas(scale.maxReplicas())
                .withMetrics(metrics(scale))
                .withBehavior(ScalingBehavior.FAST_UP_SLOW_DOWN)
                .endSpec()
                .build();
    }

    private static List<MetricSpec> metrics(ScalePlan.Autoscaled scale) {
        var metrics = new ArrayList<MetricSpec>();
        metrics.add(new MetricSpecBuilder()
                .withType("Resource")
                .withNewResource()
                .withName("cpu")
                .withNewTarget()
                .withType("Utilization")
                .withAverageUtilization(scale.cpuUtilization())
                .endTarget()
                .endResource()
                .build());
        var connections = scale.connectionsPerPod();
        if (connections != null) {
            metrics.add(new MetricSpecBuilder()
                    .withType("Pods")
                    .withNewPods()
                    .withNewMetric()
                    .withName(CONNECTIONS)
                    .endMetric()
                    .withNewTarget()
                    .withType("AverageValue")
                    .withAverageValue(canonical(connections))
                    .endTarget()
                    .endPods()
                    .build());
        }
        return metrics;
    }

    /** As the API server writes it back: anything else would look like a change, for ever. */
    private static Quantity canonical(int count) {
        var amount = count;
        var suffix = 0;
        while (amount % 1000 == 0 && suffix < SUFFIXES.length - 1) {
            amount /= 1000;
            suffix++;
        }
        return new Quantity(Integer.toString(amount), SUFFIXES[suffix]);
    }
}
