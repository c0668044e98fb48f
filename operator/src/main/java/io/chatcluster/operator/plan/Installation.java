package io.chatcluster.operator.plan;

/**
 * What this operator was released with, and where it runs.
 *
 * @param runtimeImage default image of chat pods
 * @param redisImage image of Redis pods
 * @param version version of the operator, a valid label value
 * @param namespace namespace of the operator's own pod
 */
public record Installation(String runtimeImage, String redisImage, String version, String namespace) {}
