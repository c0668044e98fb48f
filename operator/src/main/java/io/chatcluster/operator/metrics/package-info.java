/** Serves the chat pods' connections as metrics that a HorizontalPodAutoscaler can ask for. */
@NullMarked
package io.chatcluster.operator.metrics;

import org.jspecify.annotations.NullMarked;
