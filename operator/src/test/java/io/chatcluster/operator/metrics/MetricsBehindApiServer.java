package io.chatcluster.operator.metrics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.operator.ApiServer;
import io.chatcluster.operator.certificate.CertificateSigner;
import io.chatcluster.operator.certificate.KeyedCertificate;
import io.chatcluster.operator.status.ConnectionReadings;
import io.chatcluster.operator.status.ConnectionReadings.Reading;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** The metrics API behind a real API server, with the rights of config/custom-metrics and no more. */
final class MetricsBehindApiServer implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(2);
    static final String SYSTEM = "chatcluster-system";
    static final String VALUES = "/apis/custom.metrics.k8s.io/v1beta2/namespaces/shop/pods/%s/chat_connections";
    static final KeyedCertificate PROXY = proxy();

    private final ApiServer server;
    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<List<Reading>> readings = new AtomicReference<>(List.of());
    private final KubernetesClient operator;
    private final CustomMetrics metrics;

    MetricsBehindApiServer(Path directory)
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        var certificate = Files.writeString(directory.resolve("proxy.crt"), PROXY.certificatePem());
        var key = Files.writeString(directory.resolve("proxy.key"), PROXY.keyPem());
        server = new ApiServer(
                ApiServer.program().orElseThrow(),
                directory,
                "--requestheader-client-ca-file=" + certificate,
                "--requestheader-allowed-names=front-proxy-client",
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--enable-aggregator-routing=true",
                "--proxy-client-cert-file=" + certificate,
                "--proxy-client-key-file=" + key);
        prepare();
        operator = server.client(SYSTEM, "chatcluster-operator");
        metrics = operator(
                namespace -> readings.get().stream()
                        .filter(reading -> reading.namespace().equals(namespace))
                        .toList(),
                () -> true);
    }

    /** One operator of perhaps several. */
    CustomMetrics operator(ConnectionReadings readings, Leader leader)
            throws IOException, ExecutionException, InterruptedException {
        var serving = new CustomMetrics(
                new Settings(address()), SYSTEM, operator, new ObjectMapper(), readings, leader, vertx);
        serving.listen();
        return serving;
    }

    /** Skips the test that asks where it cannot run. */
    static void assumePossible() throws IOException {
        assumeTrue(ApiServer.program().isPresent(), "the cluster tests have compiled Kubernetes");
        assumeTrue(address().isPresent(), "this machine has an address besides the loopback one");
    }

    /** A certificate that names the API server's proxy. */
    static KeyedCertificate proxy() {
        return new CertificateSigner(Instant.now(), new SecureRandom())
                .selfSigned("front-proxy-client", List.of(), KeyPurposeId.id_kp_clientAuth, Duration.ofDays(1));
    }

    private void prepare() throws IOException {
        for (var namespace : List.of(SYSTEM, "shop")) {
            admin().resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
        admin().resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("default")
                        .endMetadata()
                        .build())
                .create();
        for (var file : List.of("service.yaml", "rbac.yaml")) {
            try (var manifest = Files.newInputStream(Path.of("../config/custom-metrics", file))) {
                admin().load(manifest)
                        .items()
                        .forEach(object -> admin().resource(object).serverSideApply());
            }
        }
    }

    private record Settings(Optional<String> address) implements CustomMetricsConfig {
        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public String service() {
            return "chatcluster-operator-metrics";
        }

        @Override
        public String owner() {
            return "chatcluster-operator-custom-metrics";
        }
    }

    /** The API server sends nobody to a loopback address. */
    private static Optional<String> address() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .map(address -> address.getHostAddress())
                .findFirst();
    }

    ApiServer server() {
        return server;
    }

    KubernetesClient admin() {
        return server.client();
    }

    CustomMetrics metrics() {
        return metrics;
    }

    /** Sets what the chat pods say. */
    void readings(Reading... said) {
        readings.set(List.of(said));
    }

    /** Returns when the API server hands requests on. */
    void serve() throws GeneralSecurityException {
        metrics.look(Instant.now());
        await("the API server to reach the metrics API")
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                .until(() -> admin().raw(VALUES.formatted("*")) != null);
    }

    @Override
    public void close() {
        metrics.stop();
        operator.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }
}
