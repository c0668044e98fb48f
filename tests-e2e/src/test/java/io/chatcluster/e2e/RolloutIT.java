package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatcluster.e2e.assertions.Conversation;
import io.chatcluster.e2e.harness.ApiServerInUse;
import io.chatcluster.e2e.harness.ChatClient;
import io.chatcluster.e2e.harness.Node;
import io.chatcluster.e2e.harness.OnAChatOfItsOwn;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How a change reaches the chat pods while people chat, and how a bad one is taken back. */
@OnAChatOfItsOwn
class RolloutIT {
    private static final String MISSING_IMAGE = "localhost/chatcluster/runtime:is-nowhere";
    private static final String NAMESPACE = "chatcluster-e2e-rollout";

    private final TestChat chat = TestChat.prepared(NAMESPACE, "rolling");

    @BeforeAll
    static void make() {
        TestChat.applied(NAMESPACE, "rolling");
    }

    @AfterAll
    static void remove() {
        TestChat.prepared(NAMESPACE, "rolling").remove();
    }

    @Test
    void shouldReplaceEveryPodWithoutLosingAMessageOrCuttingAConnectionThoughTheApiServerRestarts() {
        // Given
        chat.awaitReady();
        var run = UUID.randomUUID();
        var alice = "alice-" + run;
        var room = chat.api(alice).directRoom("bob-" + run);
        var before = chat.chatPodNames();
        try (var first = ChatClient.connect(chat.token(alice), this::anyPod);
                var second = ChatClient.connect(chat.token("bob-" + run), this::anyPod)) {
            // When
            ApiServerInUse.exclusively(() -> {
                chat.annotate("chatcluster.io/restartedAt", Instant.now().toString());
                Node.restartApiServer();
            });
            var restarted = Instant.now();
            Set<String> sent = new HashSet<>();
            await().atMost(TestChat.READY)
                    .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                    .until(() -> {
                        sendOne(first, room, sent);
                        sendOne(second, room, sent);
                        return isReplaced(before);
                    });

            // Then
            Conversation.eachShownOnce(first, room, sent);
            Conversation.eachShownOnce(second, room, sent);
            Conversation.sameForBoth(first, second, room);
            assertThat(first.abruptEnds() + second.abruptEnds())
                    .as("connections that ended unasked")
                    .isZero();
            assertThat(first.connections() + second.connections())
                    .as("connections made")
                    .isGreaterThan(2);
            await("an operator to hold the Lease").atMost(TestChat.READY).until(() -> leaseRenewedAfter(restarted));
        }
        chat.awaitCondition("Ready", "True");
    }

    private static boolean leaseRenewedAfter(Instant moment) {
        return TestChat.client()
                .leases()
                .inNamespace("chatcluster-system")
                .withName("chatcluster-operator")
                .require()
                .getSpec()
                .getRenewTime()
                .toInstant()
                .isAfter(moment);
    }

    @Test
    void shouldGoBackFromAnImageThatIsMissingWhileTheOldPodsServe() {
        // Given
        chat.awaitReady();
        var before = chat.chatPodNames();
        var good = chat.resource().getStatus().lastGoodRevision();

        // When
        chat.patch("{\"spec\": {\"image\": \"%s\"}}".formatted(MISSING_IMAGE));
        chat.awaitReason("Progressing", "RolledBack", MISSING_IMAGE, "ImagePullBackOff");

        // Then
        assertThat(chat.chatPodNames()).isEqualTo(before);
        chat.awaitCondition("Available", "True");
        chat.awaitCondition("Delivering", "True");
        assertThat(chat.resource().getStatus().lastGoodRevision()).isEqualTo(good);
        // The operator writes the status first.
        await("an Event")
                .atMost(TestChat.READY)
                .until(() -> chat.events("RolledBack")
                        .anyMatch(event -> event.getNote().contains(MISSING_IMAGE)));
        assertThat(chat.events("RolledBack").filter(event -> event.getNote().contains(MISSING_IMAGE)))
                .hasSize(1);

        // When
        chat.patch("{\"spec\": {\"image\": null, \"limits\": {\"messageBytesMax\": 60000}}}");

        // Then
        chat.awaitCondition("Ready", "True");
        assertThat(chat.chatPodNames()).doesNotContainAnyElementsOf(before);
    }

    @Test
    void shouldGoBackFromSettingsWithWhichNoPodBecomesReady() {
        // Given
        chat.awaitReady();
        var before = chat.chatPodNames();

        // When
        chat.patch("""
                {"spec": {"upgrade": {"progressDeadlineSeconds": 60},
                          "auth": {"oidc": {"issuer": "http://nobody.invalid", "audience": "chat"}}}}
                """);
        chat.awaitReason("Progressing", "RolledBack", "chat.auth.issuer");

        // Then
        assertThat(chat.chatPodNames()).isEqualTo(before);

        // When
        chat.patch("{\"spec\": {\"upgrade\": null, \"auth\": null}}");

        // Then
        chat.awaitCondition("Ready", "True");
        assertThat(chat.chatPodNames()).isEqualTo(before);
    }

    private URI anyPod() {
        try {
            var addresses = chat.addresses();
            if (addresses.isEmpty()) {
                throw new IllegalStateException("no pod is ready");
            }
            return addresses.get(ThreadLocalRandom.current().nextInt(addresses.size()));
        } catch (KubernetesClientException e) {
            throw new IllegalStateException("the API server does not say which pods are ready", e);
        }
    }

    private static void sendOne(ChatClient client, String room, Set<String> sent) {
        var id = "m" + sent.size();
        sent.add(id);
        client.send(room, id, id).join();
    }

    private boolean isReplaced(Set<String> before) {
        var progress = chat.condition("Progressing").orElseThrow();
        var now = chat.chatPodNames();
        return progress.getReason().equals("RolloutComplete")
                && now.stream().noneMatch(before::contains)
                && !now.isEmpty();
    }
}
