package io.chatcluster.operator.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The S3 bucket as last asked for.
 *
 * @param established whether it could ever be reached
 * @param unsupported settings that the server does not know, for people
 * @param problem what keeps the bucket from being used; absent where nothing does
 */
public record MediaObservation(
        String bucket,
        boolean established,
        List<String> unsupported,
        @Nullable Problem problem) {}
