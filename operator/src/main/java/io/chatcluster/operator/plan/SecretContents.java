package io.chatcluster.operator.plan;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Content of the Secrets that a ChatCluster needs, as it is in the cluster.
 *
 * @param signingKey absent where there is no such Secret
 * @param redisAuth absent where there is no such Secret
 * @param redisTls absent where there is no such Secret
 * @param referenced content, by name, of the Secrets that the spec refers to and that are there
 */
public record SecretContents(
        @Nullable Map<String, String> signingKey,
        @Nullable Map<String, String> redisAuth,
        @Nullable Map<String, String> redisTls,
        Map<String, Map<String, String>> referenced) {
    public static final SecretContents NONE = new SecretContents(null, null, null, Map.of());

    /** Keys that a signing key Secret must have. */
    public static final Set<String> SIGNING_KEY_KEYS =
            Set.of(SigningKeyRotation.PRIVATE_KEY, SigningKeyRotation.PUBLIC_KEYS);

    /** Keys that a Redis Secret must have. */
    public static final Set<String> REDIS_AUTH_KEYS = Set.of(RedisUsers.CREDENTIALS, RedisUsers.ADMINISTRATOR);

    /** Keys that the Secret with the certificates of Redis servers must have. */
    public static final Set<String> REDIS_TLS_KEYS = Set.of(
            RedisCertificates.AUTHORITIES,
            RedisCertificates.AUTHORITY_KEY,
            RedisCertificates.CERTIFICATE,
            RedisCertificates.KEY);

    /** Content of a Secret that the spec refers to, empty where it is not there. */
    Map<String, String> referenced(@Nullable String secret) {
        return secret == null ? Map.of() : referenced.getOrDefault(secret, Map.of());
    }

    @Override
    public String toString() {
        return "SecretContents";
    }
}
