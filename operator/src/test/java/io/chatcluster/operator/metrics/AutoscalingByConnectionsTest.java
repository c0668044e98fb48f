package io.chatcluster.operator.metrics;

import static org.awaitility.Awaitility.await;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.dependent.Desired;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Plans;
import io.chatcluster.operator.status.ConnectionReadings.Reading;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kubernetes' own autoscaler, which asks the metrics API. */
class AutoscalingByConnectionsTest {
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

    /** Two autoscalers of the same pods would both refuse. */
    @AfterEach
    void removeAutoscalers() {
        admin().autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace("shop")
                .delete();
    }

    private static MetricsBehindApiServer behind() {
        return Objects.requireNonNull(behind);
    }

    private static KubernetesClient admin() {
        return behind().admin();
    }

    private static ClusterPlan plan() {
        return Plans.of("dynamodb: {region: eu-west-1}\nautoscaling: {maxReplicas: 9, connectionsPerPod: 6}");
    }

    private static Map<String, String> labels() {
        return Desired.deployment(plan()).getSpec().getSelector().getMatchLabels();
    }

    @Test
    void shouldLetAHorizontalPodAutoscalerScaleByConnections() throws Exception {
        // Given
        var plan = plan();
        admin().resource(Desired.deployment(plan)).serverSideApply();
        admin().apps().deployments().inNamespace("shop").withName("demo-chat").scale(2);

        // When
        admin().resource(Desired.autoscaler(plan)).serverSideApply();

        // Then
        awaitUnderAutoscaler(() -> admin().apps()
                        .deployments()
                        .inNamespace("shop")
                        .withName("demo-chat")
                        .require()
                        .getSpec()
                        .getReplicas()
                == 4);
    }

    @Test
    void shouldLetAHorizontalPodAutoscalerScaleTheChatClusterItself() throws Exception {
        // Given
        var cluster = Plans.cluster("dynamodb: {region: eu-west-1}\nreplicas: 2");
        admin().resource(cluster).create();
        admin().resources(ChatCluster.class)
                .inNamespace("shop")
                .withName("demo")
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"selector\": \"app.kubernetes.io/instance=demo\"}}");

        // When
        admin().resource(new HorizontalPodAutoscalerBuilder(Desired.autoscaler(plan()))
                        .editMetadata()
                        .withName("of-the-admin")
                        .endMetadata()
                        .editSpec()
                        .editScaleTargetRef()
                        .withApiVersion("chatcluster.io/v1alpha1")
                        .withKind("ChatCluster")
                        .withName("demo")
                        .endScaleTargetRef()
                        .endSpec()
                        .build())
                .create();

        // Then
        awaitUnderAutoscaler(() -> Integer.valueOf(4)
                .equals(admin().resources(ChatCluster.class)
                        .inNamespace("shop")
                        .withName("demo")
                        .require()
                        .getSpec()
                        .replicas()));
    }

    /** With two pods of 12 clients on average, where there should be 6. */
    private void awaitUnderAutoscaler(Callable<Boolean> scaled) throws Exception {
        behind().readings(
                        new Reading("shop", "demo-chat-a", labels(), 11, Instant.now()),
                        new Reading("shop", "demo-chat-b", labels(), 13, Instant.now()));
        behind().serve();
        for (var pod : List.of("demo-chat-a", "demo-chat-b")) {
            run(pod);
        }
        var controller = behind().server()
                .controller("horizontal-pod-autoscaler-controller", "--horizontal-pod-autoscaler-sync-period=1s");
        try {
            await().atMost(MetricsBehindApiServer.PATIENCE).until(scaled);
        } finally {
            controller.destroyForcibly();
        }
    }

    private static void run(String name) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withLabels(labels())
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("default")
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("chat")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build();
        admin().resource(pod).serverSideApply();
        admin().resource(pod)
                .editStatus(made -> new PodBuilder(made)
                        .withNewStatus()
                        .withPhase("Running")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build());
    }
}
