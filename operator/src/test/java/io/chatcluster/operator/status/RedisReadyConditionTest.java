package io.chatcluster.operator.status;

import static io.chatcluster.operator.status.VerdictAssert.assertSays;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.plan.Circumstances;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.plan.RedisFound;
import io.chatcluster.operator.plan.SecretContents;
import io.chatcluster.operator.plan.TakenUp;
import io.chatcluster.operator.status.Verdict.Truth;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the condition says of the Redis shards. */
class RedisReadyConditionTest {
    private static final ClusterPlan PLAN = Plans.of("dynamodb: {region: eu-west-1}");

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
    void shouldSayThatPodsGoOnAsTheyAreUntilTheShardsServe() {
        // Given
        var held = new RolloutObservation(
                Seen.WANTED, "former", true, 2, 2, 2, 2, 2, null, null, "New chat pods wait until it is time.");

        // When
        var verdict = RedisReadyCondition.assess(
                PLAN,
                Seen.of(PLAN)
                        .shards(new ShardObservation("demo-redis-0", false))
                        .rollout(held)
                        .build());

        // Then
        assertSays(verdict, Truth.FALSE, ConditionReason.SHARDS_NOT_READY, "go on with the former Redis servers");
    }

    @Test
    void shouldNameThePodThatIsNotConnected() {
        // Given
        var lonely =
                new PodState("b", true, 0, List.of("demo-redis-1"), true, Instant.EPOCH, 250, null, TakenUp.NOTHING);

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
        var verdict = RedisReadyCondition.assess(plan, Seen.of(plan).shards().build());

        // Then
        assertSays(verdict, Truth.TRUE, ConditionReason.SHARDS_READY, "1 Redis servers");
    }

    @Test
    void shouldSayHowManyPodsItIsKnownOf() {
        // Given
        var seen = Seen.of(PLAN).pods(Seen.pod("a"), PodState.silent("b", Instant.EPOCH));

        // When
        var verdict = RedisReadyCondition.assess(PLAN, seen.build());

        // Then
        assertSays(verdict, Truth.TRUE, ConditionReason.SHARDS_READY, "2 Redis servers answer 1 of 2 chat pods");
    }

    @Test
    void shouldBeUnknownWhereNoPodAnswers() {
        assertSays(
                RedisReadyCondition.assess(
                        PLAN,
                        Seen.of(PLAN).pods(PodState.silent("a", Instant.EPOCH)).build()),
                Truth.UNKNOWN,
                ConditionReason.UNKNOWN);
    }

    @Test
    void shouldStayTrueWhileEachPodHearsTheServersThatItWasMadeFor() {
        // Given
        var found = new Circumstances(
                SecretContents.NONE,
                TakenUp.NOTHING,
                "demo-redis-0.shop.svc:6379",
                new RedisFound(1, new ResourceRequirements(), true, true),
                Plans.NOW);
        var plan = Plans.of(Plans.planner()
                .plan(
                        Plans.cluster("dynamodb: {region: eu-west-1}\nredis: {external: {endpoints: ['a.test:6379']}}"),
                        found));
        var old = away("old", "a.test:6379");
        var fresh = away("new", "demo-redis-0.shop.svc:6379");
        var deaf = away("deaf", "a.test:6379", "demo-redis-0.shop.svc:6379");

        // When
        var each = RedisReadyCondition.assess(
                plan, Seen.of(plan).shards().pods(old, fresh).build());
        var notEach = RedisReadyCondition.assess(
                plan, Seen.of(plan).shards().pods(old, deaf).build());

        // Then
        assertSays(
                each,
                Truth.TRUE,
                ConditionReason.SHARDS_CHANGING,
                "demo-redis-0.shop.svc:6379 -> a.test:6379",
                "made for");
        assertSays(notEach, Truth.FALSE, ConditionReason.SHARDS_UNREACHABLE, "deaf to a.test:6379");
        assertThat(notEach.message()).doesNotContain("old");
    }

    private static PodState away(String pod, String... shards) {
        return new PodState(pod, true, 0, List.of(shards), true, Instant.EPOCH, 250, null, TakenUp.NOTHING);
    }

    @Test
    void shouldStayTrueWhileServersComeAndSayFromWhichToWhich() {
        // Given
        var found = new Circumstances(
                SecretContents.NONE,
                TakenUp.NOTHING,
                "demo-redis-0.shop.svc:6379",
                new RedisFound(1, null, true, false),
                Plans.NOW);
        var cluster = Plans.cluster("dynamodb: {region: eu-west-1}");
        var plan = Plans.of(Plans.planner().plan(cluster, found));

        // When
        var verdict = RedisReadyCondition.assess(plan, Seen.of(plan).build());

        // Then
        assertSays(verdict, Truth.TRUE, ConditionReason.SHARDS_CHANGING, "demo-redis-0.shop.svc:6379 -> ");
    }
}
