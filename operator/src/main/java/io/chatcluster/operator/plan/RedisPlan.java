package io.chatcluster.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
import io.chatcluster.crds.v1alpha1.ExternalRedisSpec;
import io.chatcluster.crds.v1alpha1.ManagedRedisSpec;
import io.chatcluster.crds.v1alpha1.SecretRef;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.ResourceNames;
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

    /** The servers that the operator runs; absent where it runs none. */
    @Nullable
    RedisServers servers();

    /** One that the operator runs. */
    record Managed(RedisServers servers, List<String> addresses, ShardLists lists, List<SecretMount> mounts)
            implements RedisPlan {
        public int shards() {
            return addresses.size();
        }

        @Override
        public boolean tls() {
            return true;
        }
    }

    /**
     * One that somebody else runs.
     *
     * @param servers those of the operator, as long as there are chat pods that were made for them
     */
    record External(
            List<String> addresses,
            ShardLists lists,
            boolean tls,
            List<SecretMount> mounts,
            @Nullable RedisServers servers)
            implements RedisPlan {}

    static RedisPlan.Managed managed(
            ChatClusterSpec spec, ResourceNames names, Installation installation, Circumstances found) {
        var managed =
                requireNonNullElse(spec.redis() == null ? null : spec.redis().managed(), DEFAULT);
        var addresses = IntStream.range(0, requireNonNullElse(managed.shards(), DEFAULT_SHARDS))
                .mapToObj(names::redisShardAddress)
                .toList();
        var lists = ShardLists.step(
                found.shardLists(),
                list -> isManaged(list, names),
                new ShardLists.Used(found.redis().externalUsed(), found.redis().managedUsed()),
                addresses,
                found.takenUp());
        return new Managed(
                new RedisServers(
                        installation.redisImage(),
                        requireNonNullElse(managed.resources(), PodDefaults.redisResources()),
                        PodDefaults.spread(names, Component.REDIS),
                        running(addresses.size(), lists, names, found)),
                addresses,
                lists,
                List.of(
                        new SecretMount("redis", names.redisAuth(), List.of(RedisUsers.CREDENTIALS)),
                        new SecretMount("redis-ca", names.redisTls(), List.of(RedisCertificates.AUTHORITIES))));
    }

    static RedisPlan external(
            ExternalRedisSpec external, ResourceNames names, Installation installation, Circumstances found) {
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
                ShardLists.step(
                        found.shardLists(),
                        list -> !isManaged(list, names),
                        new ShardLists.Used(
                                found.redis().managedUsed(), found.redis().externalUsed()),
                        external.endpoints(),
                        found.takenUp()),
                Boolean.TRUE.equals(external.tls()),
                List.copyOf(mounts),
                leaving(names, installation, found.redis()));
    }

    /** Servers that still serve stay as they are. */
    private static @Nullable RedisServers leaving(ResourceNames names, Installation installation, RedisFound found) {
        return found.managedUsed() && found.resources() != null
                ? new RedisServers(
                        installation.redisImage(),
                        found.resources(),
                        PodDefaults.spread(names, Component.REDIS),
                        found.shards())
                : null;
    }

    private static boolean isManaged(String list, ResourceNames names) {
        return IntStream.range(0, MOST_SHARDS)
                .mapToObj(names::redisShardAddress)
                .anyMatch(list::startsWith);
    }

    private static int running(int wanted, ShardLists lists, ResourceNames names, Circumstances found) {
        if (!lists.changing() && found.takenUp().shards(lists.lists())) {
            return wanted;
        }
        return IntStream.range(0, MOST_SHARDS)
                .filter(shard ->
                        shard < wanted || shard < found.redis().shards() || lists.names(names.redisShardAddress(shard)))
                .map(shard -> shard + 1)
                .max()
                .orElse(wanted);
    }

    private static @Nullable String name(@Nullable SecretRef reference) {
        return reference == null ? null : reference.name();
    }
}
