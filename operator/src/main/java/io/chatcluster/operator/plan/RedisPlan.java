package io.chatcluster.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
import io.chatcluster.crds.v1alpha1.ExternalRedisSpec;
import io.chatcluster.crds.v1alpha1.ManagedRedisSpec;
import io.chatcluster.crds.v1alpha1.SecretRef;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.ResourceNames;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The Redis tier. */
public sealed interface RedisPlan {
    int DEFAULT_SHARDS = 2;
    ManagedRedisSpec DEFAULT = new ManagedRedisSpec(null, null);

    /** {@code host:port} of every Redis server. */
    List<String> addresses();

    /** Hash of what chat pods and Redis servers read only at start. */
    String configHash();

    /** Secrets that chat pods need in order to connect. */
    List<SecretMount> mounts();

    /** One that the operator runs. */
    record Managed(
            String image,
            ResourceRequirements resources,
            List<TopologySpreadConstraint> spread,
            List<String> addresses,
            String configHash,
            List<SecretMount> mounts)
            implements RedisPlan {
        public int shards() {
            return addresses.size();
        }
    }

    /** One that somebody else runs. */
    record External(List<String> addresses, boolean tls, String configHash, List<SecretMount> mounts)
            implements RedisPlan {}

    static RedisPlan managed(
            ChatClusterSpec spec, ResourceNames names, Installation installation, Map<String, String> auth) {
        var managed =
                requireNonNullElse(spec.redis() == null ? null : spec.redis().managed(), DEFAULT);
        return new Managed(
                installation.redisImage(),
                requireNonNullElse(managed.resources(), PodDefaults.redisResources()),
                PodDefaults.spread(names, Component.REDIS),
                IntStream.range(0, requireNonNullElse(managed.shards(), DEFAULT_SHARDS))
                        .mapToObj(names::redisShardAddress)
                        .toList(),
                Hash.of(
                        auth.getOrDefault(RedisPasswords.PASSWORD, ""),
                        auth.getOrDefault(RedisPasswords.CONFIGURATION, "")),
                List.of(new SecretMount("redis", names.redisAuth(), List.of(RedisPasswords.PASSWORD))));
    }

    static RedisPlan external(ExternalRedisSpec external, SecretContents contents) {
        var mounts = new ArrayList<SecretMount>();
        var credentials = name(external.credentialsSecretRef());
        if (credentials != null) {
            var named = contents.referenced(credentials).containsKey(SecretReference.USERNAME);
            mounts.add(new SecretMount(
                    "redis",
                    credentials,
                    named
                            ? List.of(SecretReference.PASSWORD, SecretReference.USERNAME)
                            : List.of(SecretReference.PASSWORD)));
        }
        var authorities = name(external.caSecretRef());
        if (authorities != null) {
            mounts.add(new SecretMount("redis-ca", authorities, List.of(SecretReference.AUTHORITY)));
        }
        return new External(
                List.copyOf(external.endpoints()),
                Boolean.TRUE.equals(external.tls()),
                Hash.of(contents.referenced(authorities).getOrDefault(SecretReference.AUTHORITY, "")),
                List.copyOf(mounts));
    }

    private static @Nullable String name(@Nullable SecretRef reference) {
        return reference == null ? null : reference.name();
    }
}
