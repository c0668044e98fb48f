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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The Redis tier. */
public sealed interface RedisPlan {
    int DEFAULT_SHARDS = 2;
    int MOST_SHARDS = 16;
    ManagedRedisSpec DEFAULT = new ManagedRedisSpec(null, null);

    /** {@code host:port} of every Redis server that there is to be. */
    List<String> addresses();

    /** The servers as chat pods are told of them. */
    ShardLists lists();

    /** Whether chat pods connect by TLS. */
    boolean tls();

    /** Secrets that chat pods need in order to connect. */
    List<SecretMount> mounts();

    /**
     * One that the operator runs.
     *
     * @param running servers that run: besides those that there are to be, those that chat pods may still use
     */
    record Managed(
            String image,
            ResourceRequirements resources,
            List<TopologySpreadConstraint> spread,
            List<String> addresses,
            ShardLists lists,
            int running,
            List<SecretMount> mounts)
            implements RedisPlan {
        public int shards() {
            return addresses.size();
        }

        @Override
        public boolean tls() {
            return true;
        }
    }

    /** One that somebody else runs. */
    record External(List<String> addresses, ShardLists lists, boolean tls, List<SecretMount> mounts)
            implements RedisPlan {}

    static RedisPlan.Managed managed(
            ChatClusterSpec spec, ResourceNames names, Installation installation, Circumstances found) {
        var managed =
                requireNonNullElse(spec.redis() == null ? null : spec.redis().managed(), DEFAULT);
        var addresses = IntStream.range(0, requireNonNullElse(managed.shards(), DEFAULT_SHARDS))
                .mapToObj(names::redisShardAddress)
                .toList();
        var lists = ShardLists.step(told(found, names, true), addresses, found.takenUp());
        return new Managed(
                installation.redisImage(),
                requireNonNullElse(managed.resources(), PodDefaults.redisResources()),
                PodDefaults.spread(names, Component.REDIS),
                addresses,
                lists,
                running(addresses.size(), lists, names, found),
                List.of(
                        new SecretMount("redis", names.redisAuth(), List.of(RedisUsers.CREDENTIALS)),
                        new SecretMount("redis-ca", names.redisTls(), List.of(RedisCertificates.AUTHORITIES))));
    }

    static RedisPlan external(ExternalRedisSpec external, ResourceNames names, Circumstances found) {
        var mounts = new ArrayList<SecretMount>();
        var credentials = name(external.credentialsSecretRef());
        if (credentials != null) {
            var named = found.secrets().referenced(credentials).containsKey(SecretReference.USERNAME);
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
                ShardLists.step(told(found, names, false), external.endpoints(), found.takenUp()),
                Boolean.TRUE.equals(external.tls()),
                List.copyOf(mounts));
    }

    /** What pods are told, unless of servers of the other kind: those take another password, and pods are replaced anyway. */
    private static @Nullable String told(Circumstances found, ResourceNames names, boolean managed) {
        var told = found.shardLists();
        return told != null && told.startsWith(names.redis() + "-") == managed ? told : null;
    }

    private static int running(int wanted, ShardLists lists, ResourceNames names, Circumstances found) {
        if (!lists.changing() && found.takenUp().shards(lists.lists())) {
            return wanted;
        }
        return IntStream.range(0, MOST_SHARDS)
                .filter(shard ->
                        shard < wanted || shard < found.shards() || lists.names(names.redisShardAddress(shard)))
                .map(shard -> shard + 1)
                .max()
                .orElse(wanted);
    }

    private static @Nullable String name(@Nullable SecretRef reference) {
        return reference == null ? null : reference.name();
    }
}
