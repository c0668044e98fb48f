package io.chatcluster.operator.status;

import static io.chatcluster.operator.status.VerdictAssert.assertSays;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.status.Verdict.Truth;
import org.junit.jupiter.api.Test;

/** What the condition says of the tables. */
class StorageReadyConditionTest {
    private static final ClusterPlan PLAN = Plans.of("dynamodb: {region: eu-west-1}");

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
                StorageReadyCondition.assess(Seen.of(PLAN).storage(Seen.LASTING).build()),
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
