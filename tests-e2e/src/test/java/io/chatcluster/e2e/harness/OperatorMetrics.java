package io.chatcluster.e2e.harness;

import io.fabric8.kubernetes.client.readiness.Readiness;

/** What the operator counts of its own work. */
public final class OperatorMetrics {
    private OperatorMetrics() {}

    /** Reconciliations of the ChatClusters in this namespace that the operator has finished since it started. */
    public static double reconciliations(String namespace) {
        return TestChat.client()
                .pods()
                .inNamespace("chatcluster-system")
                .withLabel("app.kubernetes.io/name", "chatcluster-operator")
                .list()
                .getItems()
                .stream()
                .filter(Readiness::isPodReady)
                .flatMap(operator -> PodMetrics.samples(operator, "management", "/q/metrics"))
                .filter(line -> line.startsWith("reconciliations_success_total"))
                .filter(line -> line.contains("namespace=\"" + namespace + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
