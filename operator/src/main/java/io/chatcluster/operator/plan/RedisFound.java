package io.chatcluster.operator.plan;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/**
 * The Redis servers of the operator that are there, and whose servers chat pods were made for: they keep the passwords and the
 * authority that they started with.
 *
 * @param shards how many run
 * @param resources what each may use; absent where none runs
 * @param managedUsed whether there are chat pods, or may be again, that were made for servers of the operator
 * @param externalUsed whether there are, or may be again, such as were made for servers that somebody else runs
 */
public record RedisFound(
        int shards, @Nullable ResourceRequirements resources, boolean managedUsed, boolean externalUsed) {
    /** Neither servers nor pods. */
    public static final RedisFound NOTHING = new RedisFound(0, null, false, false);
}
