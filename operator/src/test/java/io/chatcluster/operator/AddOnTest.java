package io.chatcluster.operator;

import static io.chatcluster.operator.RunningOperator.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.dependent.ScaledObject;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the operator does with kinds that not every cluster has, on an API server that knows them from their own projects. */
class AddOnTest {
    private static final String BY_KEDA = """
            autoscaling: {minReplicas: 2, maxReplicas: 9, connectionsPerPod: 5000, keda: {prometheusAddress: 'http://prometheus:9090'}}
            """;

    private static final String BY_ITSELF = "autoscaling: {minReplicas: 2, maxReplicas: 9}";

    private static final String TO_KEDA = "{\"spec\": {\"autoscaling\": {\"keda\": {}}}}";

    private static final String BY_GATEWAY = "ingress: {host: chat.test, gatewayRef: {name: public}}";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Wiretap wiretap = new Wiretap();

    @RegisterExtension
    final OperatorBesideAddOns operator = new OperatorBesideAddOns(STAGE, wiretap);

    private static KubernetesClient client() {
        return STAGE.client();
    }

    private static Resource<ScaledObject> scaledObject(String namespace) {
        return client().resources(ScaledObject.class).inNamespace(namespace).withName("demo-chat");
    }

    private static Resource<HorizontalPodAutoscaler> autoscaler(String namespace) {
        return client().autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName("demo-chat");
    }

    @Test
    void shouldSayWhatToInstallWhereTheKindIsMissing() {
        // Given
        operator.start();

        // When
        STAGE.apply("bare", BY_KEDA + BY_GATEWAY);

        // Then
        await(
                "the status",
                () -> assertThat(operator.condition("bare", "Progressing").getMessage())
                        .contains(
                                "spec.autoscaling.keda",
                                "install KEDA",
                                "spec.ingress.gatewayRef",
                                "install the Gateway API"));
        assertThat(autoscaler("bare").get()).isNull();
    }

    @Test
    void shouldHaveKedaScaleWhereAskedFor() throws IOException {
        // Given
        AddOn.KEDA.install(client());
        operator.start();

        // When
        STAGE.apply("by-keda", BY_KEDA);

        // Then
        await(
                "the ScaledObject",
                () -> assertThat(scaledObject("by-keda").require().getSpec().triggers())
                        .extracting(ScaledObject.Trigger::type)
                        .containsExactly("cpu", "prometheus"));
        await(
                "the status",
                () -> assertThat(operator.condition("by-keda", "AutoscalingActive")
                                .getMessage())
                        .contains("No controller has looked at the ScaledObject yet"));
        assertThat(autoscaler("by-keda").get()).isNull();
    }

    @Test
    void shouldSayWhatKedaSays() throws IOException {
        // Given
        AddOn.KEDA.install(client());
        operator.start();
        STAGE.apply("told", BY_KEDA);
        await("the ScaledObject", () -> assertThat(scaledObject("told").get()).isNotNull());

        // When
        scaledObject("told").subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), """
                {"status": {"conditions": [{"type": "Ready", "status": "False", "reason": "ScaledObjectCheckFailed", "message": "no such Prometheus"}]}}
                """);

        // Then
        await("the status", () -> {
            assertThat(operator.condition("told", "AutoscalingActive").getReason())
                    .isEqualTo("AutoscalerBlocked");
            assertThat(operator.condition("told", "AutoscalingActive").getMessage())
                    .contains("no such Prometheus");
        });
    }

    @Test
    void shouldHandOverFromKedaToAnAutoscalerOfItsOwn() throws IOException {
        // Given
        AddOn.KEDA.install(client());
        operator.start();
        STAGE.apply("handed", BY_KEDA);
        await("the ScaledObject", () -> assertThat(scaledObject("handed").get()).isNotNull());

        // When
        STAGE.patch("handed", "{\"spec\": {\"autoscaling\": {\"keda\": null}}}");

        // Then
        await("the autoscaler", () -> assertThat(autoscaler("handed").get()).isNotNull());
        await(
                "the end of the ScaledObject",
                () -> assertThat(scaledObject("handed").get()).isNull());
    }

    @Test
    void shouldKeepItsAutoscalerWhereKedaIsMissing() {
        // Given
        operator.start();
        STAGE.apply("no-keda", BY_ITSELF);
        await("the autoscaler", () -> assertThat(autoscaler("no-keda").get()).isNotNull());

        // When
        STAGE.patch("no-keda", TO_KEDA);

        // Then
        await(
                "the status",
                () -> assertThat(operator.condition("no-keda", "Progressing").getMessage())
                        .contains("install KEDA", "stays until then"));
        assertThat(autoscaler("no-keda").get()).isNotNull();
    }

    @Test
    void shouldTakeItsAutoscalerOutOfTheWayOfKeda() throws IOException {
        // Given
        AddOn.KEDA.install(client());
        operator.start();
        STAGE.apply("to-keda", BY_ITSELF);
        await("the autoscaler", () -> assertThat(autoscaler("to-keda").get()).isNotNull());

        // When
        STAGE.patch("to-keda", TO_KEDA);

        // Then
        await(
                "the ScaledObject",
                () -> assertThat(scaledObject("to-keda").get()).isNotNull());
        assertThat(autoscaler("to-keda").get()).isNull();
    }

    @Test
    void shouldTakeTheAutoscalerThatItKeptOutOfTheWayOnceThereIsKeda() throws IOException {
        // Given
        operator.start();
        STAGE.apply("keda-later", BY_ITSELF);
        await("the autoscaler", () -> assertThat(autoscaler("keda-later").get()).isNotNull());
        STAGE.patch("keda-later", TO_KEDA);
        await(
                "the status",
                () -> assertThat(operator.condition("keda-later", "Progressing").getMessage())
                        .contains("install KEDA"));
        operator.stop();
        AddOn.KEDA.install(client());
        var autoscalersLeft = new CopyOnWriteArrayList<Boolean>();
        wiretap.beforeWrites(write -> {
            if (write.endsWith("/namespaces/keda-later/scaledobjects/demo-chat")) {
                autoscalersLeft.add(autoscaler("keda-later").get() != null);
            }
        });

        // When
        operator.start();

        // Then
        await(
                "the ScaledObject",
                () -> assertThat(scaledObject("keda-later").get()).isNotNull());
        assertThat(autoscalersLeft).containsOnly(false);
    }

    @Test
    void shouldWriteAScaledObjectOnce() throws IOException {
        // Given
        AddOn.KEDA.install(client());
        operator.start();
        STAGE.apply("once", BY_KEDA);
        await("the ScaledObject", () -> assertThat(scaledObject("once").get()).isNotNull());

        // When
        operator.visitAgain("once");
        operator.visitAgain("once");

        // Then
        assertThat(wiretap.writes())
                .filteredOn(write -> write.contains("/namespaces/once/scaledobjects/"))
                .hasSize(1);
    }
}
