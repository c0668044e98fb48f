package io.chatcluster.operator.status;

import static io.chatcluster.operator.status.VerdictAssert.assertSays;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.status.Verdict.Truth;
import org.junit.jupiter.api.Test;

/** What the condition says of the rollout. */
class ProgressingConditionTest {
    private static final ClusterPlan PLAN = Plans.of("dynamodb: {region: eu-west-1}");

    @Test
    void shouldSayThatItWentBackAndHowToGoOn() {
        // Given
        var back = new RolloutObservation(
                Seen.WANTED, "earlier", false, 2, 2, 2, 2, 2, null, "With image b: pod a crashes.", null);

        // When
        var verdict =
                ProgressingCondition.assess(PLAN, Seen.of(PLAN).rollout(back).build());

        // Then
        assertSays(
                verdict,
                Truth.FALSE,
                ConditionReason.ROLLED_BACK,
                "With image b: pod a crashes.",
                "Change the spec",
                "chatcluster.io/restartedAt");
    }

    @Test
    void shouldSayWhyThoseThatItWentBackToDoNotComeUp() {
        // Given
        var back = new RolloutObservation(
                Seen.WANTED,
                "earlier",
                true,
                2,
                2,
                2,
                1,
                1,
                null,
                "With image b: pod a crashes.",
                "pod c has no node.");

        // When
        var verdict =
                ProgressingCondition.assess(PLAN, Seen.of(PLAN).rollout(back).build());

        // Then
        assertSays(
                verdict,
                Truth.FALSE,
                ConditionReason.ROLLED_BACK,
                "there before, of which 1 of 2 are ready (pod c has no node.). With image b: pod a crashes.");
    }

    @Test
    void shouldSayWhatTheFirstNewPodWaitsFor() {
        // Given
        var waiting = new RolloutObservation(
                Seen.WANTED, Seen.WANTED, true, 2, 3, 1, 2, 2, null, null, "pod a does not come up: Unschedulable.");

        // When
        var verdict =
                ProgressingCondition.assess(PLAN, Seen.of(PLAN).rollout(waiting).build());

        // Then
        assertSays(verdict, Truth.TRUE, ConditionReason.ROLLOUT_IN_PROGRESS, "1 of 2", "Unschedulable");
    }

    @Test
    void shouldSayWhatKeepsAllPodsAsTheyAre() {
        // Given
        var held = new RolloutObservation(
                Seen.WANTED, "former", true, 2, 2, 2, 2, 2, null, null, "New chat pods wait until it is time.");

        // When
        var verdict =
                ProgressingCondition.assess(PLAN, Seen.of(PLAN).rollout(held).build());

        // Then
        assertSays(verdict, Truth.TRUE, ConditionReason.ROLLOUT_IN_PROGRESS, "New chat pods wait until it is time.");
        assertThat(verdict.message()).doesNotContain("as the spec says");
    }

    @Test
    void shouldBeTrueOfACompleteRollout() {
        assertSays(
                ProgressingCondition.assess(PLAN, Seen.of(PLAN).build()),
                Truth.TRUE,
                ConditionReason.ROLLOUT_COMPLETE,
                "2 of 2");
    }

    @Test
    void shouldCountThePodsOfARolloutUnderWay() {
        assertSays(
                ProgressingCondition.assess(PLAN, Seen.of(PLAN).rollout(3, 1, 2).build()),
                Truth.TRUE,
                ConditionReason.ROLLOUT_IN_PROGRESS,
                "1 of 3",
                "2 are ready");
    }

    @Test
    void shouldNotTakeAnotherPlansPodsForItsOwn() {
        assertSays(
                ProgressingCondition.assess(
                        PLAN,
                        Seen.of(PLAN)
                                .rollout(Seen.rollout("another", 2, 2, 2, null))
                                .build()),
                Truth.TRUE,
                ConditionReason.ROLLOUT_IN_PROGRESS);
    }

    @Test
    void shouldBeFalseWhereTheControllerGaveUp() {
        assertSays(
                ProgressingCondition.assess(
                        PLAN,
                        Seen.of(PLAN)
                                .rollout(Seen.rollout(Seen.WANTED, 2, 1, 1, "Pods do not come up."))
                                .build()),
                Truth.FALSE,
                ConditionReason.ROLLOUT_STUCK,
                "Pods do not come up.");
    }

    @Test
    void shouldBeFalseWhilePaused() {
        assertSays(
                ProgressingCondition.assess(PLAN, Seen.of(PLAN).paused().build()),
                Truth.FALSE,
                ConditionReason.PAUSED,
                "chatcluster.io/paused");
    }

    @Test
    void shouldSayWhatCannotBeWritten() {
        assertSays(
                ProgressingCondition.assess(
                        PLAN, Seen.of(PLAN).writeFailure("exceeded quota: pods").build()),
                Truth.FALSE,
                ConditionReason.APPLY_FAILED,
                "exceeded quota: pods");
    }
}
