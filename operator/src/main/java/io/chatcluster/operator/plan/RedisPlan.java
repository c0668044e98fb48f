package io.chatcluster.operator.plan;

import io.fabric8.kubernetes.api.model.ResourceRequirements;

/**
 * The Redis tier.
 *
 * @param configHash hash of what a Redis server reads only at start
 */
public record RedisPlan(String image, int shards, ResourceRequirements resources, String configHash) {}
