package io.chatcluster.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.operator.certificate.KeyedCertificate;
import io.chatcluster.operator.status.ConnectionReadings.Reading;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the metrics API says, and to whom. */
class CustomMetricsTest {
    private static final Instant AT = Instant.parse("2026-11-24T10:00:00.123Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path directory;

    private static @Nullable MetricsBehindApiServer behind;

    @BeforeAll
    static void start() throws Exception {
        MetricsBehindApiServer.assumePossible();
        behind = new MetricsBehindApiServer(directory);
    }

    @AfterAll
    static void stop() {
        if (behind != null) {
            behind.close();
        }
    }

    private static MetricsBehindApiServer behind() {
        return Objects.requireNonNull(behind);
    }

    private static KubernetesClient admin() {
        return behind().admin();
    }

    private static Reading reading(String namespace, String pod, int connections) {
        return new Reading(namespace, pod, Map.of("app.kubernetes.io/instance", "demo"), connections, AT);
    }

    @Test
    void shouldAnswerThroughTheApiServer() throws Exception {
        // Given
        behind().readings(
                        reading("shop", "demo-chat-b", 7),
                        reading("shop", "demo-chat-a", 1200),
                        reading("other", "x", 1));

        // When
        behind().serve();

        // Then
        assertThat(JSON.readTree(admin().raw(MetricsBehindApiServer.VALUES.formatted("*"))))
                .isEqualTo(JSON.readTree("""
                {"kind": "MetricValueList", "apiVersion": "custom.metrics.k8s.io/v1beta2", "metadata": {}, "items": [
                  {"describedObject": {"kind": "Pod", "namespace": "shop", "name": "demo-chat-a", "apiVersion": "/v1"},
                   "metric": {"name": "chat_connections"}, "timestamp": "2026-11-24T10:00:00Z", "value": "1200"},
                  {"describedObject": {"kind": "Pod", "namespace": "shop", "name": "demo-chat-b", "apiVersion": "/v1"},
                   "metric": {"name": "chat_connections"}, "timestamp": "2026-11-24T10:00:00Z", "value": "7"}]}
                """));
        assertThat(names(MetricsBehindApiServer.VALUES.formatted("demo-chat-b")))
                .containsExactly("demo-chat-b");
        assertThat(names(MetricsBehindApiServer.VALUES.formatted("*")
                        + "?labelSelector=app.kubernetes.io%2Finstance%3Dother"))
                .isEmpty();
        assertThat(admin().raw("/apis/custom.metrics.k8s.io/v1beta2")).contains("pods/chat_connections");
    }

    private static List<String> names(String path) throws IOException {
        return JSON.readTree(admin().raw(path)).path("items").findValuesAsText("name").stream()
                .filter(name -> !name.equals("chat_connections"))
                .toList();
    }

    @Test
    void shouldAnswerOnlyTheApiServerAndOnlyForCallersWithTheRight() throws Exception {
        // Given
        behind().serve();
        var autoscaler = "system:serviceaccount:kube-system:horizontal-pod-autoscaler";

        // When
        var allowed = direct(MetricsBehindApiServer.PROXY, autoscaler);
        var denied = direct(MetricsBehindApiServer.PROXY, "eve");

        // Then
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThatThrownBy(() -> direct(MetricsBehindApiServer.proxy(), autoscaler))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> direct(null, autoscaler)).isInstanceOf(IOException.class);
    }

    private HttpResponse<String> direct(@Nullable KeyedCertificate client, String user) throws Exception {
        return TlsClient.get(
                "https://127.0.0.1:%d%s"
                        .formatted(behind().metrics().port(), MetricsBehindApiServer.VALUES.formatted("*")),
                client,
                user);
    }

    @Test
    void shouldWriteNothingWhenNothingChanged() throws Exception {
        // Given
        behind().serve();
        var registered = admin().apiServices().withName("v1beta2.custom.metrics.k8s.io");
        var endpoint = admin().discovery()
                .v1()
                .endpointSlices()
                .inNamespace(MetricsBehindApiServer.SYSTEM)
                .withName("chatcluster-operator-metrics");
        var writes = registered.require().getMetadata().getManagedFields();
        var version = endpoint.require().getMetadata().getResourceVersion();

        // When
        behind().metrics().look(Instant.now());

        // Then
        assertThat(registered.require().getMetadata().getManagedFields()).isEqualTo(writes);
        assertThat(endpoint.require().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void shouldLeadToTheOperatorThatLeadsAndToNoOther() throws Exception {
        // Given
        var leads = new AtomicBoolean();
        behind().readings(reading("shop", "demo-chat-a", 1));
        behind().serve();
        var other = behind().operator(namespace -> List.of(reading("shop", "demo-chat-a", 2)), leads::get);
        try {
            // When
            other.tend(AT);

            // Then
            assertThat(served()).containsExactly("1");

            // When
            leads.set(true);
            other.tend(AT.plusSeconds(2));

            // Then
            await("the API server to ask the other")
                    .atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                    .until(() -> served().equals(List.of("2")));
        } finally {
            other.stop();
        }
        behind().serve();
    }

    @Test
    void shouldTryAgainWhenItCouldNotFindOutWhoLeads() throws Exception {
        // Given
        var asked = new AtomicBoolean();
        var other = behind().operator(namespace -> List.of(reading("shop", "demo-chat-a", 3)), () -> {
            if (asked.compareAndSet(false, true)) {
                throw new IllegalStateException("it is not known who leads");
            }
            return true;
        });
        try {
            // When
            other.tend(AT);
            other.tend(AT.plusSeconds(2));

            // Then
            await("the API server to ask it")
                    .atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                    .until(() -> served().equals(List.of("3")));
        } finally {
            other.stop();
        }
        behind().serve();
    }

    private static List<String> served() throws IOException {
        return JSON.readTree(admin().raw(MetricsBehindApiServer.VALUES.formatted("demo-chat-a")))
                .findValuesAsText("value");
    }

    @Test
    void shouldLeaveTheApiToAnotherServer() throws Exception {
        // Given
        behind().serve();
        var adapter = new APIServiceBuilder()
                .withNewMetadata()
                .withName("v1beta1.custom.metrics.k8s.io")
                .endMetadata()
                .withNewSpec()
                .withGroup("custom.metrics.k8s.io")
                .withVersion("v1beta1")
                .withGroupPriorityMinimum(100)
                .withVersionPriority(100)
                .withInsecureSkipTLSVerify(true)
                .withNewService()
                .withNamespace("monitoring")
                .withName("adapter")
                .endService()
                .endSpec()
                .build();
        admin().resource(adapter).create();

        try {
            // When
            behind().metrics().look(Instant.now());

            // Then
            assertThat(admin().apiServices()
                            .withName("v1beta2.custom.metrics.k8s.io")
                            .get())
                    .isNull();
        } finally {
            admin().resource(adapter).delete();
        }
        behind().serve();
    }
}
