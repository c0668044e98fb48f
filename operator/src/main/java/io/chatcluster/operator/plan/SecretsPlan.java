package io.chatcluster.operator.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content of the Secrets that the operator makes: what is in the cluster already, or new where there is none yet or it is
 * being rotated. Keys are those of the Secrets, values are in base64 as Kubernetes keeps them.
 *
 * @param signingKey absent where an identity provider signs tokens
 * @param redisAuth absent where somebody else runs Redis
 * @param redisTls absent where somebody else runs Redis
 * @param rotations what is being rotated, for people
 */
public record SecretsPlan(
        @Nullable Map<String, String> signingKey,
        @Nullable Map<String, String> redisAuth,
        @Nullable Map<String, String> redisTls,
        List<String> rotations) {

    /** Says nothing of the content, which therefore cannot reach a log. */
    @Override
    public String toString() {
        return "SecretsPlan";
    }
}
