package io.chatcluster.e2e.harness;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What a chat pod says of itself, as the operator asks it. */
public final class PodStatus {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private PodStatus() {}

    /** Client connections that are open; none where the pod does not answer. */
    public static int connections(Pod pod) {
        var address = URI.create("http://" + pod.getStatus().getPodIP() + ":9000/status");
        try {
            var request = HttpRequest.newBuilder(address).build();
            var answer = WholeAnswer.of(HTTP.sendAsync(request, BodyHandlers.ofString()), ANSWER);
            return Wire.JSON.readTree(answer.body()).path("connections").asInt();
        } catch (IOException gone) {
            return 0;
        }
    }
}
