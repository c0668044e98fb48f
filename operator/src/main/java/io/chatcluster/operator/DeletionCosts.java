package io.chatcluster.operator;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which chat pod is to go first when there are to be fewer of them: the one with the fewest clients. A pod's cost says so to the
 * controller that removes pods. It is coarse, so that clients who come and go change nothing.
 */
final class DeletionCosts {
    static final String ANNOTATION = "controller.kubernetes.io/pod-deletion-cost";

    /** So many steps for a number of clients to double. */
    private static final int STEPS = 4;

    /** What is written may be off by less than this many steps. */
    private static final int TOLERANCE = 2;

    private DeletionCosts() {}

    /**
     * What to write.
     *
     * @param connections of the pods that said how many they have; of the others nothing is known, and nothing is written
     * @param annotations of the same pods
     * @return new costs, by pod
     */
    static Map<String, Integer> changes(
            Map<String, Integer> connections, Map<String, Map<String, String>> annotations) {
        var changes = new TreeMap<String, Integer>();
        connections.forEach((pod, count) -> {
            var cost = cost(count);
            var written = annotations.getOrDefault(pod, Map.of()).getOrDefault(ANNOTATION, "0");
            if (!written.matches("[0-9]{1,5}") || Math.abs(Integer.parseInt(written) - cost) >= TOLERANCE) {
                changes.put(pod, cost);
            }
        });
        return changes;
    }

    private static int cost(int connections) {
        return (int) Math.round(STEPS * Math.log1p(connections) / Math.log(2));
    }
}
