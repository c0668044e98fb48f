package io.chatcluster.operator.status;

import static io.chatcluster.operator.status.VerdictAssert.assertSays;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.plan.TakenUp;
import io.chatcluster.operator.status.Verdict.Truth;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the condition says of the canary messages. */
class DeliveringConditionTest {
    private static final ClusterPlan PLAN = Plans.of("dynamodb: {region: eu-west-1}");

    @Test
    void shouldBeTrueWhereEveryCanaryArrives() {
        assertSays(
                DeliveringCondition.assess(Seen.of(PLAN).build()),
                Truth.TRUE,
                ConditionReason.CANARY_DELIVERED,
                "2 chat pods");
    }

    @Test
    void shouldNameThePodWhoseCanaryDoesNotArriveAndWhy() {
        // Given
        var mute = new PodState("b", true, 0, List.of(), false, Instant.EPOCH, null, "table is gone", TakenUp.NOTHING);

        // When
        var verdict = DeliveringCondition.assess(
                Seen.of(PLAN).pods(Seen.pod("a"), mute).build());

        // Then
        assertSays(verdict, Truth.FALSE, ConditionReason.CANARY_NOT_DELIVERED, "messages of b", "table is gone");
    }

    @Test
    void shouldBeUnknownWhereAPodDoesNotAnswer() {
        assertSays(
                DeliveringCondition.assess(Seen.of(PLAN)
                        .pods(Seen.pod("a"), PodState.silent("b", Instant.EPOCH))
                        .build()),
                Truth.UNKNOWN,
                ConditionReason.UNKNOWN,
                "No answer from b");
    }

    @Test
    void shouldBeUnknownWhereNoPodIsReady() {
        assertSays(DeliveringCondition.assess(Seen.of(PLAN).pods().build()), Truth.UNKNOWN, ConditionReason.UNKNOWN);
    }
}
