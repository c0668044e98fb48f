package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.harness.OnTheSharedChat;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.OwnerReference;
import org.junit.jupiter.api.Test;

@OnTheSharedChat
class ApplyIT {
    private static final String[] CONDITIONS = {
        "Accepted",
        "SecretsReady",
        "StorageReady",
        "MediaReady",
        "RedisReady",
        "Available",
        "AutoscalingActive",
        "Progressing",
        "Delivering",
        "Ready"
    };

    private final TestChat chat = TestChat.shared();

    @Test
    void shouldReportEveryConditionForTheGenerationItSaw() {
        // Given
        var generation = chat.resource().getMetadata().getGeneration();

        // When
        var conditions = chat.resource().getStatus().conditions();

        // Then
        assertThat(conditions).extracting(Condition::getType).containsExactly(CONDITIONS);
        assertThat(conditions).extracting(Condition::getObservedGeneration).containsOnly(generation);
        assertThat(conditions).extracting(Condition::getReason).doesNotContainNull();
        assertThat(conditions).extracting(Condition::getMessage).noneMatch(String::isBlank);
    }

    @Test
    void shouldReportWhatRuns() {
        // Then
        // Pods that a test before this one has replaced may be on their way out.
        await().atMost(TestChat.READY).untilAsserted(this::assertThatStatusSaysWhatRuns);
        assertThat(chat.resource().getStatus().endpoint()).isEqualTo("http://e2e-chat.chatcluster-e2e.svc");
    }

    private void assertThatStatusSaysWhatRuns() {
        var pods = chat.chatPods();
        var status = chat.resource().getStatus();
        assertThat(status.readyReplicas()).isEqualTo(pods.size()).isEqualTo(2);
        var selected = TestChat.client()
                .pods()
                .inNamespace(chat.namespace())
                .withLabelSelector(status.selector())
                .list()
                .getItems();
        assertThat(selected)
                .extracting(pod -> pod.getMetadata().getName())
                .containsExactlyInAnyOrderElementsOf(
                        pods.stream().map(pod -> pod.getMetadata().getName()).toList());
    }

    @Test
    void shouldOwnEveryChild() {
        // Given
        var owner = chat.resource().getMetadata().getUid();
        var client = TestChat.client();

        // When
        var children = java.util.stream.Stream.of(
                        client.apps()
                                .deployments()
                                .inNamespace(chat.namespace())
                                .list()
                                .getItems(),
                        client.apps()
                                .statefulSets()
                                .inNamespace(chat.namespace())
                                .list()
                                .getItems(),
                        client.services().inNamespace(chat.namespace()).list().getItems(),
                        client.secrets()
                                .inNamespace(chat.namespace())
                                .withLabel("app.kubernetes.io/managed-by", "chatcluster-operator")
                                .list()
                                .getItems(),
                        client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(chat.namespace())
                                .list()
                                .getItems())
                .flatMap(java.util.List::stream)
                .toList();

        // Then
        assertThat(children)
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(child -> assertThat(child.getMetadata().getOwnerReferences())
                        .extracting(OwnerReference::getUid)
                        .containsExactly(owner));
    }

    @Test
    void shouldPutNoSecretIntoEnvironmentsOrArguments() {
        // Given
        var pods = TestChat.client().pods().inNamespace(chat.namespace()).list().getItems();

        // When
        var containers = pods.stream()
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .toList();

        // Then
        assertThat(containers).isNotEmpty().allSatisfy(container -> {
            assertThat(container.getEnvFrom()).isEmpty();
            assertThat(container.getEnv())
                    .noneMatch(variable -> variable.getValueFrom() != null
                            && variable.getValueFrom().getSecretKeyRef() != null);
        });
    }
}
