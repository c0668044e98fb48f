package io.chatcluster.operator.status;

import org.jspecify.annotations.Nullable;

/**
 * The S3 bucket as last asked for.
 *
 * @param established whether it could ever be reached
 * @param problem what keeps the bucket from being used; absent where nothing does
 */
public record MediaObservation(
        String bucket, boolean established, @Nullable Problem problem) {}
