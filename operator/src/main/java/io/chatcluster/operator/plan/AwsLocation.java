package io.chatcluster.operator.plan;

import org.jspecify.annotations.Nullable;

/**
 * Where an AWS service is.
 *
 * @param endpoint URL of the service where it is not the region's own
 */
public record AwsLocation(String region, @Nullable String endpoint) {}
