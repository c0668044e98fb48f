package io.chatcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.e2e.harness.ApiServerInUse;
import io.chatcluster.e2e.harness.OnAChatOfItsOwn;
import io.chatcluster.e2e.harness.TestChat;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What keeps a ChatCluster from coming or from going, and what the status and the Events say about it. */
@OnAChatOfItsOwn
@ExtendWith(ApiServerInUse.class)
class ObstacleIT {
    @Test
    void shouldSayWhenAQuotaRefusesPods() {
        // Given
        var chat = TestChat.prepared("chatcluster-e2e-quota", "modest");
        forbidPods(chat.namespace());

        // When
        chat.apply();

        // Then
        chat.awaitReason("Progressing", "RolloutStuck", "exceeded quota", "none");
        assertThat(chat.condition("Available").orElseThrow().getStatus()).isEqualTo("False");
        chat.remove();
    }

    private static void forbidPods(String namespace) {
        var quota = TestChat.client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("none")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("0"))
                        .endSpec()
                        .build());
        quota.serverSideApply();
        quota.waitUntilCondition(
                made -> made != null
                        && made.getStatus() != null
                        && made.getStatus().getUsed().containsKey("pods"),
                TestChat.READY.toMinutes(),
                TimeUnit.MINUTES);
    }

    @Test
    void shouldGoWithItsNamespace() {
        // Given
        var chat = TestChat.prepared("chatcluster-e2e-namespace", "doomed");
        chat.apply();
        chat.awaitCondition("StorageReady", "True");

        // When
        chat.deleteNamespace();

        // Then
        assertThat(TestChat.client()
                        .resources(ChatCluster.class)
                        .inAnyNamespace()
                        .list()
                        .getItems())
                .noneMatch(cluster -> cluster.getMetadata().getName().equals("doomed"));
    }
}
