package io.chatcluster.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Planning;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.status.Verdict.Truth;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What each condition says of what was seen. */
class ConditionFunctionsTest {
    private static final ClusterPlan PLAN = Plans.of("dynamodb: {region: eu-west-1}");
    private static final ClusterPlan WITH_MEDIA = Plans.of("dynamodb: {region: eu-west-1}\nmedia: {bucket: pictures}");

    private static void assertSays(Verdict verdict, Truth status, ConditionReason reason, String... words) {
        assertThat(verdict.status()).isEqualTo(status);
        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.message()).isNotBlank();
        assertThat(List.of(words)).allMatch(verdict.message()::contains);
    }

    @Nested
    class Accepted {
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

    @Nested
    class SecretsReady {
        @Test
        void shouldBeTrueWhereNothingIsWrongWithASecret() {
            assertSays(SecretsReadyCondition.assess(Seen.of(PLAN).build()), Truth.TRUE, ConditionReason.SECRETS_FOUND);
        }

        @Test
        void shouldSayWhichSecretIsMissing() {
            // Given
            var problem = Problem.lasting(ConditionReason.SECRET_MISSING, "Secret keys does not exist: make it.");

            // When
            var verdict =
                    SecretsReadyCondition.assess(Seen.of(PLAN).secrets(problem).build());

            // Then
            assertSays(verdict, Truth.FALSE, ConditionReason.SECRET_MISSING, "Secret keys does not exist: make it.");
        }
    }

    @Nested
    class StorageReady {
        @Test
        void shouldBeTrueWhereEveryTableIsActive() {
            assertSays(
                    StorageReadyCondition.assess(Seen.of(PLAN).build()),
                    Truth.TRUE,
                    ConditionReason.TABLES_ACTIVE,
                    "1 tables are ACTIVE.");
        }

        @Test
        void shouldBeFalseWithTheProblemsReason() {
            assertSays(
                    StorageReadyCondition.assess(
                            Seen.of(PLAN).storage(Seen.LASTING).build()),
                    Truth.FALSE,
                    ConditionReason.AWS_DENIED,
                    Seen.LASTING.message());
        }

        @Test
        void shouldBeUnknownWithoutCredentials() {
            assertSays(
                    StorageReadyCondition.assess(Seen.of(PLAN).noAws().build()),
                    Truth.UNKNOWN,
                    ConditionReason.UNKNOWN,
                    "SecretsReady");
        }
    }

    @Nested
    class MediaReady {
        @Test
        void shouldBeTrueWhereTheBucketCanBeReached() {
            assertSays(
                    MediaReadyCondition.assess(WITH_MEDIA, Seen.of(WITH_MEDIA).build()),
                    Truth.TRUE,
                    ConditionReason.BUCKET_REACHABLE,
                    "pictures");
        }

        @Test
        void shouldBeFalseWhereNoBucketIsAskedFor() {
            assertSays(
                    MediaReadyCondition.assess(PLAN, Seen.of(PLAN).build()),
                    Truth.FALSE,
                    ConditionReason.NOT_REQUESTED,
                    "Ready does not wait");
        }

        @Test
        void shouldBeFalseWithTheProblemsReason() {
            assertSays(
                    MediaReadyCondition.assess(
                            WITH_MEDIA, Seen.of(WITH_MEDIA).media(Seen.LASTING).build()),
                    Truth.FALSE,
                    ConditionReason.AWS_DENIED,
                    Seen.LASTING.message());
        }

        @Test
        void shouldBeUnknownWithoutCredentials() {
            assertSays(
                    MediaReadyCondition.assess(
                            WITH_MEDIA, Seen.of(WITH_MEDIA).noAws().build()),
                    Truth.UNKNOWN,
                    ConditionReason.UNKNOWN,
                    "SecretsReady");
        }
    }

    @Nested
    class RedisReady {
        @Test
        void shouldBeTrueWhereEveryPodIsConnectedToEveryShard() {
            assertSays(
                    RedisReadyCondition.assess(PLAN, Seen.of(PLAN).build()),
                    Truth.TRUE,
                    ConditionReason.SHARDS_READY,
                    "2 Redis servers");
        }

        @Test
        void shouldNameTheShardThatIsDown() {
            // Given
            var seen = Seen.of(PLAN)
                    .shards(new ShardObservation("demo-redis-0", true), new ShardObservation("demo-redis-1", false));

            // When
            var verdict = RedisReadyCondition.assess(PLAN, seen.build());

            // Then
            assertSays(verdict, Truth.FALSE, ConditionReason.SHARDS_NOT_READY, "demo-redis-1");
            assertThat(verdict.message()).doesNotContain("demo-redis-0");
        }

        @Test
        void shouldNameThePodThatIsNotConnected() {
            // Given
            var lonely = new PodState("b", true, 0, List.of("demo-redis-1"), true, 250, null);

            // When
            var verdict = RedisReadyCondition.assess(
                    PLAN, Seen.of(PLAN).pods(Seen.pod("a"), lonely).build());

            // Then
            assertSays(verdict, Truth.FALSE, ConditionReason.SHARDS_UNREACHABLE, "b to demo-redis-1");
        }

        @Test
        void shouldCountTheServersThatSomebodyElseRuns() {
            // Given
            var plan = Plans.of("dynamodb: {region: eu-west-1}\nredis: {external: {endpoints: [a.test:6379]}}");

            // When
            var verdict =
                    RedisReadyCondition.assess(plan, Seen.of(plan).shards().build());

            // Then
            assertSays(verdict, Truth.TRUE, ConditionReason.SHARDS_READY, "1 Redis servers");
        }

        @Test
        void shouldBeUnknownWhereNoPodAnswers() {
            assertSays(
                    RedisReadyCondition.assess(
                            PLAN, Seen.of(PLAN).pods(PodState.silent("a")).build()),
                    Truth.UNKNOWN,
                    ConditionReason.UNKNOWN);
        }
    }

    @Nested
    class Available {
        @Test
        void shouldBeTrueWhileOnePodTakesTraffic() {
            assertSays(
                    AvailableCondition.assess(
                            PLAN, Seen.of(PLAN).rollout(2, 1, 1).build()),
                    Truth.TRUE,
                    ConditionReason.REPLICAS_READY);
        }

        @Test
        void shouldBeFalseWhereNoPodTakesTraffic() {
            assertSays(
                    AvailableCondition.assess(
                            PLAN, Seen.of(PLAN).rollout(2, 2, 0).build()),
                    Truth.FALSE,
                    ConditionReason.REPLICAS_NOT_READY,
                    "Progressing");
        }

        @Test
        void shouldBeFalseWhereNoPodIsWanted() {
            // Given
            var plan = Plans.of("dynamodb: {region: eu-west-1}\nreplicas: 0");

            // When
            var verdict = AvailableCondition.assess(
                    plan, Seen.of(plan).rollout(0, 0, 0).build());

            // Then
            assertSays(verdict, Truth.FALSE, ConditionReason.SCALED_TO_ZERO, "spec.replicas is 0");
        }
    }

    @Nested
    class AutoscalingActive {
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
    }

    @Nested
    class Progressing {
        @Test
        void shouldSayThatItWentBackAndHowToGoOn() {
            // Given
            var back = new RolloutObservation(
                    Seen.WANTED, "earlier", false, 2, 2, 2, 2, 2, null, "With image b: pod a crashes.", null);

            // When
            var verdict = ProgressingCondition.assess(
                    PLAN, Seen.of(PLAN).rollout(back).build());

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
        void shouldSayWhatTheFirstNewPodWaitsFor() {
            // Given
            var waiting = new RolloutObservation(
                    Seen.WANTED,
                    Seen.WANTED,
                    true,
                    2,
                    3,
                    1,
                    2,
                    2,
                    null,
                    null,
                    "pod a does not come up: Unschedulable.");

            // When
            var verdict = ProgressingCondition.assess(
                    PLAN, Seen.of(PLAN).rollout(waiting).build());

            // Then
            assertSays(verdict, Truth.TRUE, ConditionReason.ROLLOUT_IN_PROGRESS, "1 of 2", "Unschedulable");
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
                    ProgressingCondition.assess(
                            PLAN, Seen.of(PLAN).rollout(3, 1, 2).build()),
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
                            PLAN,
                            Seen.of(PLAN).writeFailure("exceeded quota: pods").build()),
                    Truth.FALSE,
                    ConditionReason.APPLY_FAILED,
                    "exceeded quota: pods");
        }
    }

    @Nested
    class Delivering {
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
            var mute = new PodState("b", true, 0, List.of(), false, null, "table is gone");

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
                            .pods(Seen.pod("a"), PodState.silent("b"))
                            .build()),
                    Truth.UNKNOWN,
                    ConditionReason.UNKNOWN,
                    "No answer from b");
        }

        @Test
        void shouldBeUnknownWhereNoPodIsReady() {
            assertSays(
                    DeliveringCondition.assess(Seen.of(PLAN).pods().build()), Truth.UNKNOWN, ConditionReason.UNKNOWN);
        }
    }

    @Nested
    class Ready {
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
                    ready(WITH_MEDIA, Seen.of(WITH_MEDIA).noAws().pods(PodState.silent("a"))),
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
    }
}
