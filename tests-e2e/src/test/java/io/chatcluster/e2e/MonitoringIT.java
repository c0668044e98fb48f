package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.harness.ApiServerInUse;
import io.chatcluster.e2e.harness.ChatClient;
import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.PodMetrics;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The alerts and the dashboard, and what the monitors beside them find on the cluster: Prometheus itself is not here. */
@OnTheSharedChat
@ExtendWith(ApiServerInUse.class)
class MonitoringIT {
    private static final Path CONFIG = Path.of("..", "config");
    private static final KubernetesClient CLIENT = TestChat.client();
    private static final Pattern METRIC = Pattern.compile("\\b(chat(?:cluster)?_[a-z_]+)");
    private static final Pattern GROUPS = Pattern.compile("\\bby \\(([a-z_, ]+)\\)");
    private static final Pattern LABEL = Pattern.compile("[{,]([a-z_]+)=\"");
    /** What Prometheus adds by itself. */
    private static final Set<String> OF_THE_TARGET = Set.of("namespace", "pod");

    private final TestChat chat = TestChat.shared();

    /** Without one, no command is counted. */
    @BeforeEach
    void giveACommand() throws InterruptedException {
        try (var someone = ChatClient.connect(chat.token("monitoring"), chat.addresses()::getFirst)) {
            assertThat(someone.connections()).isPositive();
        }
    }

    @Test
    void shouldSelectEveryChatPodAndTheOperator() throws IOException {
        // When
        var selected = selected("chatcluster-chat");

        // Then
        assertThat(selected).extracting(pod -> pod.getMetadata().getName()).containsAll(chat.chatPodNames());
        assertThat(selected("chatcluster-operator")).isNotEmpty();
    }

    @Test
    void shouldAskOnlyForMetricsThatThoseHave() throws IOException {
        // When
        var asked = said(METRIC).collect(Collectors.toSet());

        // Then
        assertThat(asked).isNotEmpty();
        // An operator that has just started has looked at nothing so far.
        await().atMost(TestChat.READY)
                .untilAsserted(() -> assertThat(samples().map(sample -> sample.replaceAll("[{ ].*", "")))
                        .containsAll(asked));
    }

    @Test
    void shouldGroupOnlyByLabelsThatThereAre() throws IOException {
        // Given
        Set<String> there = new HashSet<>(OF_THE_TARGET);
        for (String label : monitor("chatcluster-chat").<List<String>>get("spec", "podTargetLabels")) {
            there.add(label.replaceAll("[^a-z]", "_"));
        }

        // When
        var grouped =
                said(GROUPS).flatMap(labels -> Stream.of(labels.split(", *"))).collect(Collectors.toSet());

        // Then
        assertThat(grouped).isNotEmpty();
        await().atMost(TestChat.READY).untilAsserted(() -> {
            samples().flatMap(sample -> found(LABEL, sample)).forEach(there::add);
            assertThat(there).containsAll(grouped);
        });
    }

    /** What the alerts and the dashboard say where the pattern has its group. */
    private static Stream<String> said(Pattern pattern) throws IOException {
        return Stream.concat(
                found(pattern, Files.readString(CONFIG.resolve("prometheus/rules.yaml"))),
                found(pattern, Files.readString(CONFIG.resolve("grafana/chatcluster.json"))));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1));
    }

    private Stream<String> samples() throws IOException {
        return Stream.concat(
                samples("chatcluster-chat", chat.chatPods()),
                samples("chatcluster-operator", selected("chatcluster-operator")));
    }

    private static Stream<String> samples(String monitor, List<Pod> pods) throws IOException {
        var endpoint = monitor(monitor);
        String port = endpoint.get("spec", "podMetricsEndpoints", 0, "port");
        String path = endpoint.get("spec", "podMetricsEndpoints", 0, "path");
        return pods.stream().flatMap(pod -> PodMetrics.samples(pod, port, path));
    }

    private static List<Pod> selected(String name) throws IOException {
        var monitor = monitor(name);
        Map<String, String> labels = monitor.get("spec", "selector", "matchLabels");
        var everywhere = monitor.get("spec", "namespaceSelector") != null;
        var pods = everywhere
                ? CLIENT.pods().inAnyNamespace().withLabels(labels)
                : CLIENT.pods().inNamespace("chatcluster-system").withLabels(labels);
        return pods.list().getItems();
    }

    private static GenericKubernetesResource monitor(String name) throws IOException {
        try (var yaml = Files.newInputStream(CONFIG.resolve("prometheus/monitors.yaml"))) {
            return CLIENT.load(yaml).items().stream()
                    .filter(monitor -> monitor.getMetadata().getName().equals(name))
                    .map(GenericKubernetesResource.class::cast)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
