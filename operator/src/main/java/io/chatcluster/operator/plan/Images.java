package io.chatcluster.operator.plan;

/**
 * What this operator was released with.
 *
 * @param runtime default image of chat pods
 * @param redis image of Redis pods
 * @param version version of the operator, a valid label value
 */
public record Images(String runtime, String redis, String version) {}
