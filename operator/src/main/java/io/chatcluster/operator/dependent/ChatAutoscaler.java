package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.ScalePlan;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRulesBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Decides the number of chat pods by their CPU and, where asked for, by their connections. */
public final class ChatAutoscaler extends PlannedSet<HorizontalPodAutoscaler> {
    /** The chat pods' metric of open client connections. */
    private static final String CONNECTIONS = "chat_connections";

    private static final String[] SUFFIXES = {"", "k", "M"};

    public ChatAutoscaler() {
        super(HorizontalPodAutoscaler.class, Component.RUNTIME);
    }

    @Override
    Stream<HorizontalPodAutoscaler> desired(ClusterPlan plan) {
        return switch (plan.scale()) {
            case ScalePlan.Autoscaled scale -> Stream.of(autoscaler(plan, scale));
            case ScalePlan.Fixed fixed -> Stream.empty();
            case ScalePlan.Kept kept -> Stream.empty();
        };
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
                .withNewBehavior()
                .withScaleUp(up())
                .withScaleDown(down())
                .endBehavior()
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

    /** At once, and no more than double within 15 s. */
    private static HPAScalingRules up() {
        return new HPAScalingRulesBuilder()
                .withStabilizationWindowSeconds(0)
                .withSelectPolicy("Max")
                .addNewPolicy(15, "Pods", 4)
                .addNewPolicy(15, "Percent", 100)
                .build();
    }

    /** Slowly: every client of a leaving pod connects anew. */
    private static HPAScalingRules down() {
        return new HPAScalingRulesBuilder()
                .withStabilizationWindowSeconds(300)
                .withSelectPolicy("Max")
                .addNewPolicy(60, "Pods", 1)
                .build();
    }
}
