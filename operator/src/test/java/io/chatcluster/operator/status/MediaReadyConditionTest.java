package io.chatcluster.operator.status;

import static io.chatcluster.operator.status.VerdictAssert.assertSays;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.status.Verdict.Truth;
import org.junit.jupiter.api.Test;

/** What the condition says of the bucket. */
class MediaReadyConditionTest {
    private static final ClusterPlan PLAN = Plans.of("dynamodb: {region: eu-west-1}");
    private static final ClusterPlan WITH_MEDIA = Plans.of("dynamodb: {region: eu-west-1}\nmedia: {bucket: pictures}");

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
