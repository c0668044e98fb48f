package io.chatcluster.operator.plan;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content of the Secrets that the operator makes: what is in the cluster already, or new where there is none yet. Keys are
 * those of the Secrets, values are in base64 as Kubernetes keeps them.
 *
 * @param signingKey absent where an identity provider signs tokens
 * @param redisAuth absent where somebody else runs Redis
 */
public record SecretsPlan(
        @Nullable Map<String, String> signingKey, @Nullable Map<String, String> redisAuth) {

    /** Says nothing of the content, which therefore cannot reach a log. */
    @Override
    public String toString() {
        return "SecretsPlan";
    }
}
