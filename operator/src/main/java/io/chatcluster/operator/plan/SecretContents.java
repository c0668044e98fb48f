package io.chatcluster.operator.plan;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Content of the operator's own Secrets as it is in the cluster.
 *
 * @param signingKey absent where there is no such Secret
 * @param redisAuth absent where there is no such Secret
 */
public record SecretContents(
        @Nullable Map<String, String> signingKey, @Nullable Map<String, String> redisAuth) {

    /** Keys that a signing key Secret must have. */
    public static final Set<String> SIGNING_KEY_KEYS = Set.of(SigningKeys.PRIVATE_KEY, SigningKeys.PUBLIC_KEYS);

    /** Keys that a Redis Secret must have. */
    public static final Set<String> REDIS_AUTH_KEYS = Set.of(RedisPasswords.PASSWORD, RedisPasswords.CONFIGURATION);

    /** What is there stays as it is, even where it is incomplete: only what is absent is made. */
    SecretsPlan complete(SecureRandom random) {
        return new SecretsPlan(
                signingKey == null ? SigningKeys.generate(random) : signingKey,
                redisAuth == null ? RedisPasswords.generate(random) : redisAuth);
    }

    @Override
    public String toString() {
        return "SecretContents";
    }
}
