package io.chatcluster.operator.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a plan depends on besides the spec.
 *
 * @param secrets content of Secrets that are there
 * @param takenUp what chat pods have read so far
 * @param shardLists the Redis servers that chat pods are told of; absent where they are told nothing yet
 * @param redis the Redis servers that the operator runs already, and who needs them
 */
public record Circumstances(
        SecretContents secrets, TakenUp takenUp, @Nullable String shardLists, RedisFound redis, Instant now) {

    /** Those of a ChatCluster of which nothing is there yet. */
    public static Circumstances of(SecretContents secrets, Instant now) {
        return new Circumstances(secrets, TakenUp.NOBODY, null, RedisFound.NOTHING, now);
    }
}
