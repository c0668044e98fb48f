package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.e2e.harness.Node;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator is killed in the middle of what it does, again and again. */
class OperatorLossIT {
    private static final Duration STEP = Duration.ofMinutes(1);

    private final TestChat chat = TestChat.prepared("chatcluster-e2e-loss", "unlucky");

    @AfterEach
    void remove() {
        chat.deleteNamespace();
    }

    @Test
    void shouldFinishACreationAnUpgradeAndADeletionInSpiteOfBeingKilled() {
        // Given
        chat.apply();

        // When
        children().forEach((kind, children) -> {
            await().alias("the first " + kind)
                    .atMost(STEP)
                    .until(() -> !children.get().isEmpty());
            killOperator();
        });

        // Then
        chat.awaitCondition("Ready", "True");

        // When
        var good = chat.resource().getStatus().lastGoodRevision();
        chat.patch(
                "{\"metadata\": {\"annotations\": {\"chatcluster.io/restartedAt\": \"%s\"}}}".formatted(Instant.now()));
        await().atMost(STEP).until(() -> !Objects.equals(good, revision()));
        killOperator();

        // Then
        await().atMost(TestChat.READY)
                .until(() ->
                        Objects.equals(revision(), chat.resource().getStatus().lastGoodRevision()));
        chat.awaitCondition("Ready", "True");

        // When
        chat.delete();
        killOperator();

        // Then
        await().atMost(TestChat.READY)
                .until(() -> TestChat.client()
                        .resources(ChatCluster.class)
                        .inNamespace(chat.namespace())
                        .list()
                        .getItems()
                        .isEmpty());
        await().atMost(TestChat.READY)
                .until(() -> children().values().stream()
                        .allMatch(children -> children.get().isEmpty()));
    }

    private @Nullable String revision() {
        return chat.deployment().require().getMetadata().getAnnotations().get("chatcluster.io/revision");
    }

    /** Kinds of children in the order in which their first is waited for, each with those that are there. */
    private Map<String, Supplier<List<? extends HasMetadata>>> children() {
        var client = TestChat.client();
        var namespace = chat.namespace();
        var children = new LinkedHashMap<String, Supplier<List<? extends HasMetadata>>>();
        children.put(
                "Secret",
                () -> client.secrets()
                        .inNamespace(namespace)
                        .withLabel("app.kubernetes.io/instance", chat.name())
                        .list()
                        .getItems());
        children.put(
                "ConfigMap",
                () -> client.configMaps()
                        .inNamespace(namespace)
                        .withLabel("app.kubernetes.io/instance", chat.name())
                        .list()
                        .getItems());
        children.put(
                "StatefulSet",
                () -> client.apps().statefulSets().inNamespace(namespace).list().getItems());
        children.put(
                "Deployment",
                () -> client.apps().deployments().inNamespace(namespace).list().getItems());
        return children;
    }

    private static void killOperator() {
        var operators = TestChat.client()
                .pods()
                .inNamespace("chatcluster-system")
                .withLabel("app.kubernetes.io/name", "chatcluster-operator")
                .list()
                .getItems()
                .stream()
                .filter(Readiness::isPodReady)
                .toList();
        assertThat(operators).isNotEmpty();
        operators.forEach(operator -> Node.kill(operator, "java"));
    }
}
