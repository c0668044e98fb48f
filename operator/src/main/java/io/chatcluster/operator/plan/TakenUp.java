package io.chatcluster.operator.plan;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all chat pods that take traffic say that they have read of what the operator gave them.
 *
 * @param pods whether there are any chat pods; where there are none, nobody has to be waited for
 * @param signingKeys ids of the keys whose tokens each of the pods accepts
 * @param redisUsers whom the Redis servers take the pods for, over all of their connections
 * @param shardLists the lists of Redis servers that each of the pods uses; absent where they differ
 */
public record TakenUp(
        boolean pods,
        Set<String> signingKeys,
        Set<String> redisUsers,
        @Nullable List<String> shardLists) {
    /** There are pods, and they say nothing. */
    public static final TakenUp NOTHING = new TakenUp(true, Set.of(), Set.of(), null);

    /** There are no pods. */
    public static final TakenUp NOBODY = new TakenUp(false, Set.of(), Set.of(), null);

    boolean signingKey(String id) {
        return !pods || signingKeys.contains(id);
    }

    boolean onlyRedisUser(String user) {
        return !pods || redisUsers.equals(Set.of(user));
    }

    boolean shards(List<String> lists) {
        return !pods || lists.equals(shardLists);
    }
}
