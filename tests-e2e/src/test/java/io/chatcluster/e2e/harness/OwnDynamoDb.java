package io.chatcluster.e2e.harness;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** A DynamoDB Local like that of the development cluster, for one test that does it harm. What it holds goes with its pod. */
public record OwnDynamoDb(String namespace) {
    public static final String NAME = "dynamodb";
    private static final String DEVELOPMENT = "chatcluster-system";

    /** Starts one, and waits until it answers. */
    public static OwnDynamoDb in(String namespace) {
        var client = TestChat.client();
        var original = client.apps()
                .deployments()
                .inNamespace(DEVELOPMENT)
                .withName(NAME)
                .require();
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withSpec(original.getSpec())
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .editMatchingVolume(volume -> "data".equals(volume.getName()))
                        .withPersistentVolumeClaim(null)
                        .withEmptyDir(new EmptyDirVolumeSource())
                        .endVolume()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .serverSideApply();
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(original.getSpec().getSelector().getMatchLabels())
                        .addNewPort()
                        .withPort(8000)
                        .endPort()
                        .endSpec()
                        .build())
                .serverSideApply();
        var started = new OwnDynamoDb(namespace);
        await().alias("DynamoDB of " + namespace)
                .atMost(TestChat.READY)
                .until(() -> started.pods().stream().anyMatch(Readiness::isPodReady));
        return started;
    }

    public Pod pod() {
        return pods().getFirst();
    }

    private List<Pod> pods() {
        return TestChat.client()
                .pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/name", "dynamodb-local")
                .list()
                .getItems();
    }

    /** The names of its tables, as it tells them. It takes any signature. */
    public String tables() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://" + pod().getStatus().getPodIP() + ":8000/"))
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=any")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        }
    }
}
