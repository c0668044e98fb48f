package io.chatcluster.operator.plan;

import java.util.Map;

/**
 * Content of the Secrets that the operator makes: what is in the cluster already, or new where there is none yet. Keys are
 * those of the Secrets, values are in base64 as Kubernetes keeps them.
 */
public record SecretsPlan(Map<String, String> signingKey, Map<String, String> redisAuth) {

    /** Says nothing of the content, which therefore cannot reach a log. */
    @Override
    public String toString() {
        return "SecretsPlan";
    }
}
