package io.chatcluster.operator.metadata;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names of what the operator makes for the ChatCluster {@code namespace/name}. */
public record ResourceNames(String namespace, String name) {

    public static ResourceNames of(HasMetadata cluster) {
        return new ResourceNames(
                cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
    }

    /** Chat pods' ServiceAccount, Deployment, Service and PodDisruptionBudget. */
    public String chat() {
        return name + "-chat";
    }

    /** ConfigMap that keeps one revision of the chat pods. */
    public String chatConfig(String revision) {
        return chat() + "-" + revision;
    }

    public String signingKey() {
        return name + "-signing-key";
    }

    public String redisAuth() {
        return name + "-redis-auth";
    }

    public String redisTls() {
        return name + "-redis-tls";
    }

    /** ConfigMap with the Redis servers that chat pods use. */
    public String shardLists() {
        return name + "-redis-shards";
    }

    /** PodDisruptionBudget of all Redis servers. */
    public String redis() {
        return name + "-redis";
    }

    /** StatefulSet and Service of one Redis server, counted from 0. */
    public String redisShard(int shard) {
        return name + "-redis-" + shard;
    }

    /** Host at which chat pods reach one Redis server. */
    public String redisShardHost(int shard) {
        return redisShard(shard) + "." + namespace + ".svc";
    }

    /** Host and port at which chat pods reach one Redis server. */
    public String redisShardAddress(int shard) {
        return redisShardHost(shard) + ":6379";
    }

    /** What the names of all DynamoDB tables start with. */
    public String tablePrefix() {
        return namespace + "-" + name + "-";
    }

    /** Whether both would have the same tables: {@code a/b-c} and {@code a-b/c}. */
    public boolean shareTables(ResourceNames other) {
        return tablePrefix().equals(other.tablePrefix());
    }

    /** Bucket for attachments where the spec names none. */
    public String bucket() {
        return namespace + "-" + name + "-media";
    }

    public String endpoint() {
        return "http://" + chat() + "." + namespace + ".svc";
    }
}
