package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.harness.ApiServerInUse;
import io.chatcluster.e2e.harness.ChangesTheSharedChat;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ChangesTheSharedChat
@ExtendWith(ApiServerInUse.class)
class RepairIT {
    private static final Duration REPAIR = Duration.ofSeconds(30);

    private final TestChat chat = TestChat.shared();

    @AfterAll
    static void leaveItReady() {
        TestChat.shared();
    }

    static Stream<Arguments> children() {
        return Stream.of(
                child("ConfigMap", (client, chat) -> chat.settings()),
                child(
                        "Service",
                        (client, chat) ->
                                client.services().inNamespace(chat.namespace()).withName(chat.name() + "-chat")),
                child(
                        "Deployment",
                        (client, chat) -> client.apps()
                                .deployments()
                                .inNamespace(chat.namespace())
                                .withName(chat.name() + "-chat")),
                child(
                        "StatefulSet",
                        (client, chat) -> client.apps()
                                .statefulSets()
                                .inNamespace(chat.namespace())
                                .withName(chat.name() + "-redis-0")),
                child(
                        "PodDisruptionBudget",
                        (client, chat) -> client.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(chat.namespace())
                                .withName(chat.name() + "-chat")),
                child(
                        "ServiceAccount",
                        (client, chat) -> client.serviceAccounts()
                                .inNamespace(chat.namespace())
                                .withName(chat.name() + "-chat")));
    }

    private static Arguments child(
            String kind, BiFunction<KubernetesClient, TestChat, Resource<? extends HasMetadata>> find) {
        return Arguments.of(kind, find);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("children")
    void shouldBringBackADeletedChild(
            String kind, BiFunction<KubernetesClient, TestChat, Resource<? extends HasMetadata>> find) {
        // Given
        var child = find.apply(TestChat.client(), chat);
        var before = child.require().getMetadata().getUid();

        // When
        child.delete();

        // Then
        await().alias(kind + " to be back").atMost(REPAIR).until(() -> {
            var now = child.get();
            return now != null && !now.getMetadata().getUid().equals(before);
        });
    }

    @Test
    void shouldUndoAnEditOfAChild() {
        // Given
        var service = TestChat.client().services().inNamespace(chat.namespace()).withName(chat.name() + "-chat");
        var wanted = service.require().getSpec().getSelector();

        // When
        service.edit(edited -> {
            edited.getSpec().setSelector(Map.of("nobody", "home"));
            return edited;
        });

        // Then
        await().atMost(REPAIR)
                .untilAsserted(() ->
                        assertThat(service.require().getSpec().getSelector()).isEqualTo(wanted));
    }
}
