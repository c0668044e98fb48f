package io.chatcluster.operator.status;

import org.jspecify.annotations.Nullable;

/**
 * The autoscaler of the chat pods as its controller last saw it.
 *
 * @param obstacle what keeps it from deciding; absent where nothing does
 * @param active whether it decides the number of pods
 * @param desired pods that it wants; absent where it does not say
 */
public record AutoscalerObservation(
        @Nullable String obstacle, boolean active, @Nullable Integer desired) {}
