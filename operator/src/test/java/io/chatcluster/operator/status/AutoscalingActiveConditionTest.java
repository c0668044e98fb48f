package io.chatcluster.operator.status;

import static io.chatcluster.operator.status.VerdictAssert.assertSays;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.status.Verdict.Truth;
import org.junit.jupiter.api.Test;

/** What the condition says of the autoscaler. */
class AutoscalingActiveConditionTest {
    private static final ClusterPlan PLAN = Plans.of("dynamodb: {region: eu-west-1}");

    private static final ClusterPlan AUTOSCALED =
            Plans.of("dynamodb: {region: eu-west-1}\nautoscaling: {minReplicas: 2, maxReplicas: 9}");

    @Test
    void shouldBeFalseWhereNoAutoscalerIsAskedFor() {
        assertSays(
                AutoscalingActiveCondition.assess(PLAN, Seen.of(PLAN).build()),
                Truth.FALSE,
                ConditionReason.NOT_REQUESTED,
                "Ready does not wait");
    }

    @Test
    void shouldBeUnknownUntilAControllerLooksAtTheAutoscaler() {
        assertSays(
                AutoscalingActiveCondition.assess(
                        AUTOSCALED, Seen.of(AUTOSCALED).build()),
                Truth.UNKNOWN,
                ConditionReason.UNKNOWN);
    }

    @Test
    void shouldBeFalseUntilTheAutoscalerDecides() {
        // Given
        var seen = Seen.of(AUTOSCALED).autoscaler(new AutoscalerObservation(null, false, 0));

        // When
        var verdict = AutoscalingActiveCondition.assess(AUTOSCALED, seen.build());

        // Then
        assertSays(verdict, Truth.FALSE, ConditionReason.AUTOSCALER_STARTING);
    }

    @Test
    void shouldSayWhatKeepsTheAutoscalerFromDeciding() {
        // Given
        var seen = Seen.of(AUTOSCALED).autoscaler(new AutoscalerObservation("no metrics of pods", false, 2));

        // When
        var verdict = AutoscalingActiveCondition.assess(AUTOSCALED, seen.build());

        // Then
        assertSays(verdict, Truth.FALSE, ConditionReason.AUTOSCALER_BLOCKED, "no metrics of pods");
    }

    @Test
    void shouldSayHowManyPodsTheAutoscalerWants() {
        // Given
        var seen = Seen.of(AUTOSCALED).autoscaler(new AutoscalerObservation(null, true, 4));

        // When
        var verdict = AutoscalingActiveCondition.assess(AUTOSCALED, seen.build());

        // Then
        assertSays(verdict, Truth.TRUE, ConditionReason.AUTOSCALER_ACTIVE, "wants 4 chat pods, of 2 to 9");
    }

    @Test
    void shouldClaimNoNumberThatKedaDoesNotTell() {
        // Given
        var keda = Plans.of("dynamodb: {region: eu-west-1}\nautoscaling: {minReplicas: 2, maxReplicas: 9, keda: {}}");
        var seen = Seen.of(keda).autoscaler(new AutoscalerObservation(null, true, null));

        // When
        var verdict = AutoscalingActiveCondition.assess(keda, seen.build());

        // Then
        assertSays(
                verdict,
                Truth.TRUE,
                ConditionReason.AUTOSCALER_ACTIVE,
                "ScaledObject decides the number of chat pods, from 2 to 9");
    }
}
