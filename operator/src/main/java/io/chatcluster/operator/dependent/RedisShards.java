package io.chatcluster.operator.dependent;

import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.RedisServers;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The Redis servers that the operator runs. */
final class RedisShards {
    private RedisShards() {}

    static Stream<RedisServers> of(ClusterPlan plan) {
        return Stream.ofNullable(plan.redis().servers());
    }

    /** Their numbers. */
    static Stream<Integer> numbers(ClusterPlan plan) {
        return of(plan).flatMap(tier -> IntStream.range(0, tier.running()).boxed());
    }
}
