package io.chatcluster.operator.status;

import static io.chatcluster.operator.status.VerdictAssert.assertSays;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.status.Verdict.Truth;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the condition says of all of it together. */
class ReadyConditionTest {
    private static final ClusterPlan PLAN = Plans.of("dynamodb: {region: eu-west-1}");
    private static final ClusterPlan WITH_MEDIA = Plans.of("dynamodb: {region: eu-west-1}\nmedia: {bucket: pictures}");

    private static final ClusterPlan BY_GATEWAY = Plans.of(
            "dynamodb: {region: eu-west-1}\ningress: {host: chat.test, gatewayRef: {name: public, namespace: infra, sectionName: https}}");

    private static Verdict ready(ClusterPlan plan, Seen seen) {
        var observation = seen.build();
        return ReadyCondition.assess(plan, observation, Conditions.assess(plan, observation));
    }

    @Test
    void shouldBeTrueWhereEverythingIs() {
        assertSays(ready(WITH_MEDIA, Seen.of(WITH_MEDIA)), Truth.TRUE, ConditionReason.CONDITIONS_MET);
    }

    @Test
    void shouldNotWaitForABucketThatNobodyAskedFor() {
        assertSays(ready(PLAN, Seen.of(PLAN).media(Seen.LASTING)), Truth.TRUE, ConditionReason.CONDITIONS_MET);
    }

    @Test
    void shouldNameWhatItWaitsFor() {
        assertSays(
                ready(WITH_MEDIA, Seen.of(WITH_MEDIA).noAws().pods(PodState.silent("a", Instant.EPOCH))),
                Truth.FALSE,
                ConditionReason.CONDITIONS_NOT_MET,
                "StorageReady",
                "RedisReady",
                "Delivering",
                "MediaReady");
    }

    @Test
    void shouldWaitForEveryPodToBeAsPlanned() {
        assertSays(
                ready(PLAN, Seen.of(PLAN).rollout(2, 1, 2)),
                Truth.FALSE,
                ConditionReason.CONDITIONS_NOT_MET,
                "Progressing");
    }

    @Test
    void shouldWaitForAsManyPodsAsTheSpecSays() {
        // Given
        var plan = Plans.of("dynamodb: {region: eu-west-1}\nreplicas: 3");

        // When
        var verdict = ready(plan, Seen.of(plan).rollout(2, 2, 2));

        // Then
        assertSays(verdict, Truth.FALSE, ConditionReason.CONDITIONS_NOT_MET, "Progressing");
    }

    @Test
    void shouldWaitForTheControllerToSeeTheNewestDeployment() {
        // Given
        var old = new RolloutObservation(Seen.WANTED, Seen.WANTED, false, 2, 2, 2, 2, 2, null, null, null);

        // When
        var verdict = ready(PLAN, Seen.of(PLAN).rollout(old));

        // Then
        assertSays(verdict, Truth.FALSE, ConditionReason.CONDITIONS_NOT_MET, "Progressing");
    }

    @Test
    void shouldWaitForWhatCannotBeWritten() {
        assertSays(
                ready(PLAN, Seen.of(PLAN).writeFailure("Ingress cannot be written: the host is taken")),
                Truth.FALSE,
                ConditionReason.CONDITIONS_NOT_MET,
                "Progressing");
    }

    @Test
    void shouldNotClaimWhatIsNotLookedAtWhilePaused() {
        assertSays(
                ready(PLAN, Seen.of(PLAN).paused()),
                Truth.TRUE,
                ConditionReason.CONDITIONS_MET,
                "Chat works.",
                "paused");
    }

    @Test
    void shouldBeTrueWhereAGatewayTakesTheRoute() {
        assertSays(
                ready(BY_GATEWAY, Seen.of(BY_GATEWAY).route(new RouteObservation(true, null))),
                Truth.TRUE,
                ConditionReason.CONDITIONS_MET);
    }

    @Test
    void shouldRepeatWhyAGatewayDoesNotTakeTheRoute() {
        assertSays(
                ready(BY_GATEWAY, Seen.of(BY_GATEWAY).route(new RouteObservation(false, "no listener lets it in"))),
                Truth.FALSE,
                ConditionReason.CONDITIONS_NOT_MET,
                "infra/public",
                "https",
                "no listener lets it in");
    }

    @Test
    void shouldSayThatNobodyHasTakenUpTheRoute() {
        assertSays(
                ready(BY_GATEWAY, Seen.of(BY_GATEWAY).route(new RouteObservation(false, null))),
                Truth.FALSE,
                ConditionReason.CONDITIONS_NOT_MET,
                "No controller has taken up the HTTPRoute",
                "infra/public");
    }

    @Test
    void shouldNameConditionsBesideTheRoute() {
        assertSays(
                ready(
                        BY_GATEWAY,
                        Seen.of(BY_GATEWAY)
                                .route(new RouteObservation(false, null))
                                .noAws()),
                Truth.FALSE,
                ConditionReason.CONDITIONS_NOT_MET,
                "See StorageReady. No controller");
    }
}
