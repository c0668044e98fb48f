package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.assertions.Conversation;
import io.chatcluster.e2e.harness.ApiServerInUse;
import io.chatcluster.e2e.harness.ChangesTheSharedChat;
import io.chatcluster.e2e.harness.ChatClient;
import io.chatcluster.e2e.harness.Make;
import io.chatcluster.e2e.harness.TestChat;
import io.chatcluster.e2e.harness.Traffic;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What changes while people talk, without a restart, a lost message or a refused client. */
@ChangesTheSharedChat
class ChangeUnderTrafficIT {
    private static final Duration CHANGED = Duration.ofMinutes(6);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private final KubernetesClient client = TestChat.client();
    private final TestChat chat = TestChat.shared();

    @Test
    void shouldRotateSecretsWhileClientsChat() throws InterruptedException {
        // Given
        var former = chat.token("carol");
        var key = secret("signing-key", "private.pem");
        var login = secret("redis-auth", "credentials");
        var pods = pods(pod -> true);
        try (var traffic = Traffic.on(chat)) {

            // When
            chat.annotate("chatcluster.io/rotate", UUID.randomUUID().toString());
            await("the new signing key and the new password")
                    .atMost(CHANGED)
                    .pollInterval(LOOK_EVERY)
                    .until(() -> {
                        bringFiles();
                        accepted(former);
                        accepted(chat.token("carol"));
                        var now = secret("redis-auth", "credentials");
                        return !secret("signing-key", "private.pem").equals(key)
                                && now.lines().count() == 1
                                && !now.equals(login);
                    });
            chat.awaitCondition("RedisReady", "True");
            accepted(former);
            accepted(chat.token("carol"));
            accepted(Make.prints("token", "USER=carol", "CLUSTER=" + chat.name(), "NAMESPACE=" + chat.namespace()));

            // Then
            assertUndisturbed(traffic);
            assertThat(pods(pod -> true)).isEqualTo(pods);
        }
    }

    @Test
    void shouldAddAndRemoveARedisServerWhileClientsChat() throws InterruptedException {
        // Given
        Predicate<Pod> those = pod -> !pod.getMetadata().getName().contains("-redis-2-");
        var pods = pods(those);
        try (var traffic = Traffic.on(chat)) {

            // When
            shards(3);
            awaitShards(3);
            shards(2);
            awaitShards(2);

            // Then
            assertUndisturbed(traffic);
            assertThat(pods(those)).isEqualTo(pods);
        } finally {
            shards(2);
        }
    }

    private static void assertUndisturbed(Traffic traffic) throws InterruptedException {
        var sent = traffic.finish();
        Conversation.eachShownOnce(traffic.alice(), traffic.room(), sent);
        Conversation.eachShownOnce(traffic.bob(), traffic.room(), sent);
        Conversation.sameForBoth(traffic.alice(), traffic.bob(), traffic.room());
        assertThat(List.of(traffic.alice(), traffic.bob()))
                .extracting(ChatClient::connections)
                .as("connections made")
                .containsExactly(1, 1);
    }

    /** On every pod. */
    private void accepted(String token) {
        for (var address : chat.addresses()) {
            try (var visitor = ChatClient.connect(token, () -> address)) {
                assertThat(visitor.breaches()).isEmpty();
            }
        }
    }

    private void shards(int count) {
        chat.patch("{\"spec\": {\"redis\": {\"managed\": {\"shards\": %d}}}}".formatted(count));
    }

    private void awaitShards(int count) {
        await(count + " Redis servers").atMost(CHANGED).pollInterval(LOOK_EVERY).until(() -> {
            bringFiles();
            return servers() == count
                    && chat.condition("RedisReady")
                            .filter(ready -> ready.getReason().equals("ShardsReady"))
                            .filter(ready -> ready.getMessage().startsWith(count + " "))
                            .isPresent();
        });
    }

    /** Else the kubelet looks for changed files once a minute or two; it does at once when a pod's annotations change. */
    private void bringFiles() {
        var now = "{\"metadata\": {\"annotations\": {\"test/files-wanted\": \"%s\"}}}".formatted(UUID.randomUUID());
        client.pods()
                .inNamespace(chat.namespace())
                .withLabel("app.kubernetes.io/instance", chat.name())
                .resources()
                .forEach(pod -> annotate(pod, now));
    }

    private static void annotate(Resource<Pod> pod, String annotation) {
        try {
            pod.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), annotation);
        } catch (KubernetesClientException e) {
            // One of a Redis server that is taken away has gone meanwhile.
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private long servers() {
        return client.apps()
                .statefulSets()
                .inNamespace(chat.namespace())
                .withLabel("app.kubernetes.io/instance", chat.name())
                .list()
                .getItems()
                .size();
    }

    private String secret(String name, String key) {
        var secret = ApiServerInUse.during(() -> client.secrets()
                .inNamespace(chat.namespace())
                .withName(chat.name() + "-" + name)
                .require());
        return new String(
                Base64.getDecoder()
                        .decode(Objects.requireNonNull(secret.getData().get(key))),
                StandardCharsets.UTF_8);
    }

    /** How often the containers of each pod that is to stay were restarted; another pod is another name or another uid. */
    private Map<String, Integer> pods(Predicate<Pod> which) {
        return client
                .pods()
                .inNamespace(chat.namespace())
                .withLabel("app.kubernetes.io/instance", chat.name())
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(which)
                .collect(Collectors.toMap(
                        pod -> pod.getMetadata().getName() + " "
                                + pod.getMetadata().getUid(),
                        pod -> pod.getStatus().getContainerStatuses().stream()
                                .mapToInt(container -> container.getRestartCount())
                                .sum()));
    }
}
