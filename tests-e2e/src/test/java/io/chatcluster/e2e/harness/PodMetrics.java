package io.chatcluster.e2e.harness;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;

/** What Prometheus would read of a pod. */
public final class PodMetrics {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private PodMetrics() {}

    /** The lines with a value, each of which begins with the metric's name. */
    public static Stream<String> samples(Pod pod, String port, String path) {
        var number = pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(declared -> port.equals(declared.getName()))
                .mapToInt(ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow(() -> new AssertionError(pod.getMetadata().getName() + " has no port " + port));
        return scrape(URI.create("http://" + pod.getStatus().getPodIP() + ':' + number + path))
                .lines()
                .filter(line -> !line.startsWith("#"));
    }

    private static String scrape(URI address) {
        var request =
                HttpRequest.newBuilder(address).header("Accept", "text/plain").build();
        try {
            return WholeAnswer.of(HTTP.sendAsync(request, BodyHandlers.ofString()), ANSWER)
                    .body();
        } catch (IOException e) {
            throw new AssertionError("no metrics can be read at " + address, e);
        }
    }
}
