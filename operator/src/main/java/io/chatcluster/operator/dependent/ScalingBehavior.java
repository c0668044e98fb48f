package io.chatcluster.operator.dependent;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRulesBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;

/** How fast the number of chat pods may change, whoever decides it. */
final class ScalingBehavior {
    static final HorizontalPodAutoscalerBehavior FAST_UP_SLOW_DOWN = new HorizontalPodAutoscalerBehavior(down(), up());

    private ScalingBehavior() {}

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
