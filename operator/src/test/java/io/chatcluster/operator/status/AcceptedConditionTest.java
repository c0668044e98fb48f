package io.chatcluster.operator.status;

import static io.chatcluster.operator.status.VerdictAssert.assertSays;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Planning;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.status.Verdict.Truth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the condition says of whether the spec can be carried out. */
class AcceptedConditionTest {
    private static final ClusterPlan PLAN = Plans.of("dynamodb: {region: eu-west-1}");

    @Test
    void shouldBeTrueOfASpecThatCanBeCarriedOut() {
        assertSays(AcceptedCondition.assess(new Planning.Planned(PLAN)), Truth.TRUE, ConditionReason.VALID);
    }

    @Test
    void shouldSayEverythingThatIsWrongWithTheSpec() {
        // Given
        var refused = new Planning.Refused(List.of("spec.a must be b.", "spec.c must be d."));

        // When
        var verdict = AcceptedCondition.assess(refused);

        // Then
        assertSays(verdict, Truth.FALSE, ConditionReason.INVALID, "spec.a must be b.", "spec.c must be d.");
    }
}
