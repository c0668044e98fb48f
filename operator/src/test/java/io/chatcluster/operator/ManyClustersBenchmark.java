package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the packaged operator does with a thousand ChatClusters on a real API server without controllers, so that no pod ever
 * runs. AWS answers at once that every table is there. Run by {@code make bench-operator}, and by no build.
 */
class ManyClustersBenchmark {
    private static final int CLUSTERS = Integer.getInteger("clusters", 1000);
    private static final int ALONE = 20;
    private static final int CHANGES = 100;
    private static final int MOST_MEBIBYTES = 256;
    private static final int NAMESPACES = 10;
    private static final int WRITERS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration QUIET = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofSeconds(75);

    @TempDir
    private static Path directory;

    private final SoftAssertions targets = new SoftAssertions();
    private final StringBuilder report = new StringBuilder();

    @Test
    void shouldKeepAThousandClusters() throws Exception {
        var policy = Files.writeString(directory.resolve("audit.yaml"), AuditedRequests.POLICY);
        var audit = new AuditedRequests(directory.resolve("audit.log"));
        var aws = ReadyTables.serve();
        try (var server = new ApiServer(
                ApiServer.program().orElseThrow(),
                directory,
                "--audit-policy-file=" + policy,
                "--audit-log-path=" + audit.log(),
                "--max-requests-inflight=3000",
                "--max-mutating-requests-inflight=1000")) {
            install(server);
            try (var operator = new PackagedOperator(server, directory)) {
                measure(server.client(), operator, audit, aws.getAddress().getPort());
            }
            restart(server, audit);
            targets.assertAll();
        } finally {
            aws.stop(0);
            System.out.print(report);
            Files.writeString(Path.of("target/many-clusters.txt"), report);
        }
    }

    private void measure(KubernetesClient admin, PackagedOperator operator, AuditedRequests audit, int awsPort)
            throws Exception {
        line("memory before, MiB", operator.residentMebibytes());

        var start = Instant.now();
        for (int index = 0; index < ALONE; index++) {
            create(admin, index, awsPort);
            awaitReported(admin, index + 1);
        }
        var children = applied(audit, start);
        quantiles("apply to last child made, one at a time", children);

        start = Instant.now();
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            IntStream.range(ALONE, CLUSTERS).forEach(index -> writers.submit(() -> create(admin, index, awsPort)));
        }
        line("time to apply the rest, s", Duration.between(start, Instant.now()).toSeconds());
        awaitReported(admin, CLUSTERS);
        line(
                "time until all are reconciled, s",
                Duration.between(start, Instant.now()).toSeconds());
        line("memory then, MiB", operator.residentMebibytes());
        awaitQuiet(audit);
        requests(audit.since(start), CLUSTERS - ALONE);

        var changes = changes(admin, audit);
        quantiles("change of spec to write of the Deployment", changes);
        awaitQuiet(audit);

        start = Instant.now();
        var processor = operator.processorTime();
        Thread.sleep(IDLE);
        var idle = byOperator(audit.since(start));
        var writes = idle.stream().filter(AuditedRequests.Request::isWrite).toList();
        line("writes while idle for " + IDLE.toSeconds() + " s", writes.size());
        line("requests while idle", idle.size());
        line(
                "processor time while idle, ms a second",
                operator.processorTime().minus(processor).toMillis() / IDLE.toSeconds());
        line("live objects after the last full collection, MiB", operator.liveMebibytes());
        line("memory at the end, MiB", operator.residentMebibytes());
        line("most memory ever, MiB", operator.peakMebibytes());
        line("threads", operator.threads());

        targets.assertThat(writes).as("writes while idle").isEmpty();
        targets.assertThat(operator.peakMebibytes()).as("memory in MiB").isLessThan(MOST_MEBIBYTES);
        targets.assertThat(quantile(children, 0.5))
                .as("apply to last child made, ms")
                .isLessThan(300);
        targets.assertThat(quantile(changes, 0.99))
                .as("reconcile once idle, ms")
                .isLessThan(1000);
    }

    /** With everything there from the beginning, which comes in lists and not in single events. */
    private void restart(ApiServer server, AuditedRequests audit) throws Exception {
        try (var operator = new PackagedOperator(server, directory)) {
            Thread.sleep(IDLE);
            awaitQuiet(audit);
            line("most memory after a restart, MiB", operator.peakMebibytes());
            targets.assertThat(operator.peakMebibytes())
                    .as("memory after a restart, MiB")
                    .isLessThan(MOST_MEBIBYTES);
        }
    }

    private static void install(ApiServer server) throws IOException {
        var admin = server.client();
        for (var name : IntStream.range(0, NAMESPACES)
                .mapToObj(index -> "bench-" + index)
                .toList()) {
            admin.resource(namespace(name)).create();
        }
        admin.resource(namespace("chatcluster-system")).create();
        server.kustomize(Path.of("../config/rbac"))
                .forEach(object -> admin.resource(object).create());
    }

    private static HasMetadata namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }

    private static void create(KubernetesClient admin, int index, int awsPort) {
        admin.resource(admin.getKubernetesSerialization()
                        .unmarshal("""
                        apiVersion: chatcluster.io/v1alpha1
                        kind: ChatCluster
                        metadata: {name: c%d, namespace: bench-%d}
                        spec: {replicas: 2, dynamodb: {region: eu-west-1, endpoint: 'http://127.0.0.1:%d', provisioning: External}}
                        """.formatted(index, index % NAMESPACES, awsPort), GenericKubernetesResource.class))
                .create();
    }

    private static void awaitReported(KubernetesClient admin, int count) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(count > ALONE ? 1000 : 50))
                .until(() -> admin.resources(ChatCluster.class).inAnyNamespace().list().getItems().stream()
                                .filter(cluster -> cluster.getStatus().conditions() != null)
                                .count()
                        >= count);
    }

    private static void awaitQuiet(AuditedRequests audit) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> byOperator(audit.since(Instant.now().minus(QUIET))).stream()
                        .noneMatch(AuditedRequests.Request::isWrite));
    }

    /** But for its Lease, which a leader renews every few seconds however little there is to do. */
    private static List<AuditedRequests.Request> byOperator(List<AuditedRequests.Request> requests) {
        return requests.stream()
                .filter(request -> request.user().equals(PackagedOperator.USER)
                        && !request.resource().equals("leases"))
                .toList();
    }

    /** Milliseconds from each ChatCluster's creation to that of its last child. */
    private static List<Long> applied(AuditedRequests audit, Instant start) throws IOException {
        var requests = audit.since(start);
        var created = requests.stream()
                .filter(request -> request.resource().equals("chatclusters")
                        && request.verb().equals("create"))
                .collect(Collectors.toMap(AuditedRequests.Request::name, AuditedRequests.Request::at));
        var last = new HashMap<String, Instant>();
        byOperator(requests).stream()
                .filter(request -> request.made() && !request.resource().equals("events"))
                .forEach(request ->
                        last.merge(request.name().replaceAll("-.*", ""), request.at(), (a, b) -> a.isAfter(b) ? a : b));
        return created.entrySet().stream()
                .filter(entry -> last.containsKey(entry.getKey()))
                .map(entry -> Duration.between(entry.getValue(), last.get(entry.getKey()))
                        .toMillis())
                .sorted()
                .toList();
    }

    /** Milliseconds from each change of a spec to the write of its Deployment, one change at a time. */
    private static List<Long> changes(KubernetesClient admin, AuditedRequests audit) throws Exception {
        var millis = new ArrayList<Long>();
        for (int change = 0; change < CHANGES; change++) {
            var index = (int) ((long) change * 7919 % CLUSTERS);
            var namespace = "bench-" + index % NAMESPACES;
            var start = Instant.now();
            admin.resources(ChatCluster.class)
                    .inNamespace(namespace)
                    .withName("c" + index)
                    .scale(3 + change);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                    .until(() -> replicas(admin, namespace, index) != 2);
            millis.add(Duration.between(start, Instant.now()).toMillis());
        }
        return millis.stream().sorted().toList();
    }

    private static int replicas(KubernetesClient admin, String namespace, int index) {
        return admin.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("c%d-chat".formatted(index))
                .require()
                .getSpec()
                .getReplicas();
    }

    private void requests(List<AuditedRequests.Request> all, int clusters) {
        var counts = byOperator(all).stream()
                .collect(Collectors.groupingBy(
                        request -> request.verb() + " " + request.resource(), TreeMap::new, Collectors.counting()));
        counts.forEach((what, count) ->
                line("requests a ChatCluster: " + what, String.format(Locale.ROOT, "%.2f", (double) count / clusters)));
        line(
                "requests a ChatCluster: all",
                String.format(
                        Locale.ROOT,
                        "%.2f",
                        counts.values().stream().mapToLong(Long::longValue).sum() / (double) clusters));
    }

    private void quantiles(String what, List<Long> millis) {
        line(what + ", ms, p50", quantile(millis, 0.5));
        line(what + ", ms, p95", quantile(millis, 0.95));
        line(what + ", ms, p99", quantile(millis, 0.99));
    }

    private static long quantile(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
    }

    private void line(String what, Object value) {
        report.append(String.format(Locale.ROOT, "%-70s %s%n", what, value));
    }
}
