package io.chatcluster.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ChatClusterStatus;
import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.crds.v1alpha1.ConditionType;
import io.chatcluster.crds.v1alpha1.MediaStatus;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Planning;
import io.chatcluster.operator.plan.Plans;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusAssemblerTest {
    private static final ClusterPlan PLAN = Plans.of("dynamodb: {region: eu-west-1}");
    private static final Instant FIRST = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-01T11:00:00Z");

    private static ChatClusterStatus assemble(@Nullable ChatClusterStatus last, Seen seen, Instant now) {
        return StatusAssembler.assemble(last, PLAN, seen.build(), 7, now);
    }

    private static Condition condition(ChatClusterStatus status, ConditionType type) {
        return Objects.requireNonNull(status.conditions()).stream()
                .filter(condition -> condition.getType().equals(type.value()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldListEveryConditionFromTheFirstVisit() {
        // Given
        var nothing = Seen.of(PLAN).noAws().rollout(null).pods();

        // When
        var status = assemble(null, nothing, FIRST);

        // Then
        assertThat(status.conditions())
                .extracting(Condition::getType)
                .containsExactly(Stream.of(ConditionType.values())
                        .map(ConditionType::value)
                        .toArray(String[]::new));
        assertThat(status.conditions())
                .allSatisfy(condition ->
                        assertThat(condition.getObservedGeneration()).isEqualTo(7))
                .allSatisfy(condition -> assertThat(condition.getMessage()).isNotBlank());
    }

    @Test
    void shouldKeepAConditionsTimeUntilItsStatusFlips() {
        // Given
        var first = assemble(null, Seen.of(PLAN).storage(Seen.PASSING), FIRST);

        // When
        var same = assemble(first, Seen.of(PLAN).storage(Seen.LASTING), LATER);
        var flipped = assemble(first, Seen.of(PLAN), LATER);

        // Then
        assertThat(condition(same, ConditionType.STORAGE_READY).getReason())
                .isEqualTo(ConditionReason.AWS_DENIED.value());
        assertThat(condition(same, ConditionType.STORAGE_READY).getLastTransitionTime())
                .isEqualTo(FIRST.toString());
        assertThat(condition(flipped, ConditionType.STORAGE_READY).getLastTransitionTime())
                .isEqualTo(LATER.toString());
    }

    @Test
    void shouldChangeNothingWhereNothingChanged() {
        // Given
        var first = assemble(null, Seen.of(PLAN), FIRST);

        // When
        var second = assemble(first, Seen.of(PLAN), LATER);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldRememberTheLastRevisionThatWorked() {
        // Given
        var good = assemble(null, Seen.of(PLAN), FIRST);

        // When
        var bad = assemble(good, Seen.of(PLAN).storage(Seen.LASTING), LATER);

        // Then
        assertThat(good.lastGoodRevision()).isEqualTo(Seen.WANTED);
        assertThat(bad.lastGoodRevision()).isEqualTo(Seen.WANTED);
    }

    @Test
    void shouldCallARevisionGoodThatDeliversWhateverElseIsNotReady() {
        // Given
        var plan = Plans.of("dynamodb: {region: eu-west-1}\nmedia: {bucket: pictures}");
        var seen = Seen.of(plan).media(Seen.LASTING).build();

        // When
        var status = StatusAssembler.assemble(null, plan, seen, 7, FIRST);

        // Then
        assertThat(condition(status, ConditionType.READY).getStatus()).isEqualTo("False");
        assertThat(status.lastGoodRevision()).isEqualTo(Seen.WANTED);
    }

    @Test
    void shouldCallNoRevisionGoodThatIsNotCompleteOrDoesNotDeliver() {
        // Given
        var partly = Seen.of(PLAN).rollout(3, 1, 2);
        var silent = Seen.of(PLAN).pods(PodState.silent("a", Instant.EPOCH));

        // Then
        assertThat(assemble(null, partly, FIRST).lastGoodRevision()).isNull();
        assertThat(assemble(null, silent, FIRST).lastGoodRevision()).isNull();
    }

    @Test
    void shouldRememberTablesThatCannotBeDescribedNow() {
        // Given
        var first = assemble(null, Seen.of(PLAN), FIRST);

        // When
        var blind = assemble(first, Seen.of(PLAN).noAws(), LATER);

        // Then
        assertThat(blind.storage()).isEqualTo(first.storage());
    }

    @Test
    void shouldRememberHowTheBucketWasCarriedOutWhileAChangeOfItIsRefused() {
        // Given
        var plan = Plans.of("dynamodb: {region: eu-west-1}\nmedia: {bucket: pictures, provisioning: External}");
        var shared = StatusAssembler.assemble(null, plan, Seen.of(plan).build(), 7, FIRST);

        // When
        var refused = StatusAssembler.assemble(shared, new Planning.Refused(List.of("It is taken.")), 8, LATER);

        // Then
        assertThat(refused.media()).isEqualTo(new MediaStatus("pictures", true, Provisioning.EXTERNAL));
    }

    @Test
    void shouldCountTheConnectionsOfPodsThatAnswer() {
        // Given
        var seen = Seen.of(PLAN).pods(Seen.pod("a"), PodState.silent("b", Instant.EPOCH));

        // When
        var status = assemble(null, seen, FIRST);

        // Then
        assertThat(status.connections()).isEqualTo(10);
    }

    @Test
    void shouldClaimNoConnectionsWhereNoPodAnswers() {
        assertThat(assemble(null, Seen.of(PLAN).pods(PodState.silent("a", Instant.EPOCH)), FIRST)
                        .connections())
                .isNull();
    }

    @Test
    void shouldKnowNothingButTheRefusalOfASpecThatCannotBeCarriedOut() {
        // Given
        var good = assemble(null, Seen.of(PLAN), FIRST);

        // When
        var refused = StatusAssembler.assemble(good, new Planning.Refused(List.of("spec.a must be b.")), 8, LATER);

        // Then
        assertThat(condition(refused, ConditionType.ACCEPTED).getMessage()).contains("spec.a must be b.");
        assertThat(condition(refused, ConditionType.READY).getStatus()).isEqualTo("False");
        assertThat(condition(refused, ConditionType.STORAGE_READY).getStatus()).isEqualTo("Unknown");
        assertThat(refused.observedGeneration()).isEqualTo(8);
        assertThat(refused.storage()).isEqualTo(good.storage());
    }
}
