package io.chatcluster.operator.status;

import org.jspecify.annotations.Nullable;

/**
 * The HorizontalPodAutoscaler of the chat pods as its controller last saw it.
 *
 * @param obstacle what keeps it from deciding; absent where nothing does
 * @param active whether it decides the number of pods
 * @param desired pods that it wants
 */
public record AutoscalerObservation(@Nullable String obstacle, boolean active, int desired) {}
