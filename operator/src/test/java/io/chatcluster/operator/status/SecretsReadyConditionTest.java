package io.chatcluster.operator.status;

import static io.chatcluster.operator.status.VerdictAssert.assertSays;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.plan.SecretContents;
import io.chatcluster.operator.status.Verdict.Truth;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the condition says of the Secrets. */
class SecretsReadyConditionTest {
    private static final ClusterPlan PLAN = Plans.of("dynamodb: {region: eu-west-1}");

    @Test
    void shouldBeTrueWhereNothingIsWrongWithASecret() {
        assertSays(
                SecretsReadyCondition.assess(PLAN, Seen.of(PLAN).build()), Truth.TRUE, ConditionReason.SECRETS_FOUND);
    }

    @Test
    void shouldSayWhichSecretIsMissing() {
        // Given
        var problem = Problem.lasting(ConditionReason.SECRET_MISSING, "Secret keys does not exist: make it.");

        // When
        var verdict = SecretsReadyCondition.assess(
                PLAN, Seen.of(PLAN).secrets(problem).build());

        // Then
        assertSays(verdict, Truth.FALSE, ConditionReason.SECRET_MISSING, "Secret keys does not exist: make it.");
    }

    @Test
    void shouldStayTrueWhileSecretsAreRotatedAndSayWhatIsWaitedFor() {
        // Given
        var cluster = Plans.cluster("dynamodb: {region: eu-west-1}");
        cluster.getMetadata().setAnnotations(Map.of("chatcluster.io/rotate", "today"));
        var contents =
                new SecretContents(PLAN.secrets().signingKey(), PLAN.secrets().redisAuth(), null, Map.of());
        var plan = Plans.of(Plans.plan(cluster, contents));

        // When
        var verdict = SecretsReadyCondition.assess(plan, Seen.of(plan).build());

        // Then
        assertSays(verdict, Truth.TRUE, ConditionReason.ROTATING, "new signing key", "Redis", "chat-b");
    }
}
