package io.chatcluster.operator.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How many clients each chat pod has, as the pods said themselves. */
public interface ConnectionReadings {

    /**
     * What a pod said.
     *
     * @param labels of the pod
     * @param connections client connections that were open
     * @param at when the answer came
     */
    record Reading(String namespace, String pod, Map<String, String> labels, int connections, Instant at) {}

    /** The newest reading of each chat pod in the namespace that takes traffic and answered lately, in no order. */
    List<Reading> in(String namespace);
}
