package io.chatcluster.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.rollout.Trouble.Kind;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the chat pods, in every situation. */
class SituationTest {
    private static final Revision GOOD = Revisions.of("registry.test/runtime:1");
    private static final Revision NEW = Revisions.of("registry.test/runtime:2");
    private static final Failure NEW_FAILED = new Failure(NEW.id(), "as it did");
    private static final Failure OTHER_FAILED = new Failure("0123", "another did");
    private static final Trouble PASSING = new Trouble("pod a waits.", Kind.PASSING);
    private static final Trouble OVERDUE = new Trouble("pod a is late.", Kind.OVERDUE);
    private static final Trouble CERTAIN = new Trouble("pod a crashes.", Kind.CERTAIN);

    private static final Class<?> PURSUE = Rollout.Pursue.class;
    private static final Class<?> STAND_STILL = Rollout.StandStill.class;
    private static final Class<?> GIVE_UP = Rollout.GiveUp.class;
    private static final Class<?> STAY_BACK = Rollout.StayBack.class;

    static Stream<Arguments> situations() {
        return Stream.of(
                says("the first creation", null, null, null, null, false, true, PURSUE, NEW),
                says("a first creation that fails", null, NEW.id(), null, CERTAIN, false, true, STAND_STILL, NEW),
                says("a new spec", GOOD, GOOD.id(), null, null, false, true, PURSUE, NEW),
                says("what befell the old pods", GOOD, GOOD.id(), null, CERTAIN, false, true, PURSUE, NEW),
                says("a rollout under way", GOOD, NEW.id(), null, null, false, true, PURSUE, NEW),
                says("a pod that waits", GOOD, NEW.id(), null, PASSING, false, true, PURSUE, NEW),
                says("a pod that is late", GOOD, NEW.id(), null, OVERDUE, false, true, GIVE_UP, GOOD),
                says("a pod that crashes", GOOD, NEW.id(), null, CERTAIN, false, true, GIVE_UP, GOOD),
                says("late while all fail", GOOD, NEW.id(), null, OVERDUE, true, true, STAND_STILL, NEW),
                says("a crash while all fail", GOOD, NEW.id(), null, CERTAIN, true, true, GIVE_UP, GOOD),
                says("late, no rollback wanted", GOOD, NEW.id(), null, OVERDUE, false, false, STAND_STILL, NEW),
                says("a crash, no rollback wanted", GOOD, NEW.id(), null, CERTAIN, false, false, STAND_STILL, NEW),
                says("after the rollback", GOOD, GOOD.id(), NEW_FAILED, null, false, true, STAY_BACK, GOOD),
                says("pods left over", GOOD, GOOD.id(), NEW_FAILED, CERTAIN, false, true, STAY_BACK, GOOD),
                says("after another's rollback", GOOD, GOOD.id(), OTHER_FAILED, null, false, true, PURSUE, NEW),
                says("rollback switched off", GOOD, GOOD.id(), NEW_FAILED, null, false, false, PURSUE, NEW),
                says("nothing to stay at", null, GOOD.id(), NEW_FAILED, null, false, true, PURSUE, NEW),
                says("a proven revision that fails", NEW, NEW.id(), null, CERTAIN, false, true, STAND_STILL, NEW),
                says("a failed one proven since", NEW, NEW.id(), NEW_FAILED, null, false, true, PURSUE, NEW));
    }

    private static Arguments says(
            String name,
            @Nullable Revision lastGood,
            @Nullable String running,
            @Nullable Failure failure,
            @Nullable Trouble trouble,
            boolean othersFail,
            boolean automatic,
            Class<?> outcome,
            Revision target) {
        return Arguments.of(
                name, new Situation(NEW, lastGood, running, failure, trouble, othersFail, automatic), outcome, target);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void shouldDecide(String name, Situation situation, Class<?> outcome, Revision target) {
        assertThat(situation.decide())
                .isInstanceOf(outcome)
                .extracting(Rollout::revision)
                .isEqualTo(target);
    }

    @Test
    void shouldDecideTheSameAfterItsOwnDecisionWasCarriedOut() {
        // Given
        var giveUp = (Rollout.GiveUp) new Situation(NEW, GOOD, NEW.id(), null, CERTAIN, false, true).decide();

        // When
        var next = new Situation(NEW, GOOD, giveUp.revision().id(), giveUp.failure(), CERTAIN, false, true).decide();

        // Then
        assertThat(next).isEqualTo(new Rollout.StayBack(GOOD, giveUp.failure()));
    }

    @Test
    void shouldSayWhatIsNewAndWhatBecameOfIt() {
        // Given
        var situation = new Situation(NEW, GOOD, NEW.id(), null, CERTAIN, false, true);

        // When
        var outcome = (Rollout.GiveUp) situation.decide();

        // Then
        assertThat(outcome.failure().revision()).isEqualTo(NEW.id());
        assertThat(outcome.failure().why())
                .isEqualTo("With image registry.test/runtime:2 in place of registry.test/runtime:1: pod a crashes.");
    }

    @Test
    void shouldSayWhyItDoesNotGoBack() {
        assertThat(why(new Situation(NEW, null, NEW.id(), null, CERTAIN, false, true)))
                .contains("no earlier revision");
        assertThat(why(new Situation(NEW, GOOD, NEW.id(), null, CERTAIN, false, false)))
                .contains("spec.upgrade.automaticRollback is Disabled");
        assertThat(why(new Situation(NEW, GOOD, NEW.id(), null, OVERDUE, true, true)))
                .contains("old chat pods do not arrive either");
    }

    private static String why(Situation situation) {
        return ((Rollout.StandStill) situation.decide()).why();
    }
}
