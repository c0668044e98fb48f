package io.chatcluster.operator.dependent;

import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.RedisPlan;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The Redis servers that the operator runs. */
final class RedisShards {
    private RedisShards() {}

    /** The tier, where the operator runs it. */
    static Stream<RedisPlan.Managed> managed(ClusterPlan plan) {
        return switch (plan.redis()) {
            case RedisPlan.Managed managed -> Stream.of(managed);
            case RedisPlan.External external -> Stream.empty();
        };
    }

    /** Numbers of its servers that run. */
    static Stream<Integer> numbers(ClusterPlan plan) {
        return managed(plan).flatMap(tier -> IntStream.range(0, tier.running()).boxed());
    }
}
