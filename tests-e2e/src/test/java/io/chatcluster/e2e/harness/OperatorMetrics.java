package io.chatcluster.e2e.harness;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What the operator counts of its own work. */
public final class OperatorMetrics {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

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
                .flatMap(operator -> scrape(operator).lines())
                .filter(line -> line.startsWith("reconciliations_success_total"))
                .filter(line -> line.contains("namespace=\"" + namespace + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String scrape(Pod operator) {
        var address = URI.create("http://" + operator.getStatus().getPodIP() + ":9000/q/metrics");
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(address)
                                    .header("Accept", "text/plain")
                                    .timeout(Duration.ofMinutes(1))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError("the operator's metrics cannot be read at " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
