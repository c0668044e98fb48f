package io.chatcluster.operator.plan;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.certificate.Signatures;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes what is needed and absent, and takes the next step of what is being rotated. */
final class SecretsPlanner {
    private final RotationRequest request;
    private final Circumstances found;
    private final SecureRandom random;
    private final Signatures signatures;

    SecretsPlanner(ChatCluster cluster, Circumstances found, SecureRandom random, Signatures signatures) {
        this.request = RotationRequest.of(cluster, found.now());
        this.found = found;
        this.random = random;
        this.signatures = signatures;
    }

    /** @param redisHosts names of the Redis servers that the operator runs; empty where somebody else runs them */
    SecretsPlan plan(boolean signing, List<String> redisHosts) {
        var signingKey = signing
                ? new SigningKeyRotation(request, found.takenUp(), random)
                        .step(found.secrets().signingKey())
                : null;
        var redisAuth = redisHosts.isEmpty()
                ? null
                : new RedisUsers(request, found.takenUp(), random)
                        .step(found.secrets().redisAuth());
        var redisTls = redisHosts.isEmpty()
                ? null
                : new RedisCertificates(request.now(), random, signatures)
                        .step(found.secrets().redisTls(), redisHosts);
        return new SecretsPlan(
                signingKey == null ? null : signingKey.data(),
                redisAuth == null ? null : redisAuth.data(),
                redisTls,
                Stream.of(progress(signingKey), progress(redisAuth))
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static @Nullable String progress(@Nullable Rotation rotation) {
        return rotation == null ? null : rotation.progress();
    }
}
