package io.chatcluster.operator.status;

import static io.chatcluster.operator.status.VerdictAssert.assertSays;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.status.Verdict.Truth;
import org.junit.jupiter.api.Test;

/** What the condition says of whether anybody can chat. */
class AvailableConditionTest {
    private static final ClusterPlan PLAN = Plans.of("dynamodb: {region: eu-west-1}");

    @Test
    void shouldBeTrueWhileOnePodTakesTraffic() {
        assertSays(
                AvailableCondition.assess(PLAN, Seen.of(PLAN).rollout(2, 1, 1).build()),
                Truth.TRUE,
                ConditionReason.REPLICAS_READY);
    }

    @Test
    void shouldBeFalseWhereNoPodTakesTraffic() {
        assertSays(
                AvailableCondition.assess(PLAN, Seen.of(PLAN).rollout(2, 2, 0).build()),
                Truth.FALSE,
                ConditionReason.REPLICAS_NOT_READY,
                "Progressing");
    }

    @Test
    void shouldBeFalseWhereNoPodIsWanted() {
        // Given
        var plan = Plans.of("dynamodb: {region: eu-west-1}\nreplicas: 0");

        // When
        var verdict =
                AvailableCondition.assess(plan, Seen.of(plan).rollout(0, 0, 0).build());

        // Then
        assertSays(verdict, Truth.FALSE, ConditionReason.SCALED_TO_ZERO, "spec.replicas is 0");
    }
}
