package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code kubectl scale} and an autoscaler of an admin's own do to a ChatCluster, with the whole operator on a real API server. */
class ScaleTest {
    @RegisterExtension
    static final Stage STAGE = new Stage();

    @RegisterExtension
    final StagedOperator operator = new StagedOperator(STAGE);

    private Scale scale() {
        return operator.cluster().scale();
    }

    private List<String> selectedPods() {
        return STAGE
                .client()
                .pods()
                .inNamespace(operator.namespace())
                .withLabelSelector(scale().getStatus().getSelector())
                .list()
                .getItems()
                .stream()
                .map(HasMetadata::getMetadata)
                .map(metadata -> metadata.getName())
                .toList();
    }

    @Test
    void shouldTellHowManyPodsThereAreAndHowToFindThem() {
        // When
        operator.makeReady("replicas: 2");

        // Then
        assertThat(scale().getSpec().getReplicas()).isEqualTo(2);
        assertThat(scale().getStatus().getReplicas()).isEqualTo(2);
        assertThat(selectedPods())
                .containsExactlyInAnyOrderElementsOf(operator.controllers().pods().stream()
                        .map(pod -> pod.getMetadata().getName())
                        .toList())
                .hasSize(2);
    }

    @Test
    void shouldTellHowManyPodsThereAreAfterKubectlHasScaled() throws Exception {
        // Given
        operator.makeReady("replicas: 2");

        // When
        STAGE.server().kubectl("scale", "cc/demo", "--replicas=5", "--namespace=" + operator.namespace());
        RunningOperator.await(
                "the pods' number",
                () -> assertThat(operator.controllers().deployment().getSpec().getReplicas())
                        .isEqualTo(5));
        var before = scale().getStatus().getReplicas();
        operator.controllers().complete();

        // Then
        assertThat(before).isEqualTo(2);
        RunningOperator.await(
                "the new count",
                () -> assertThat(scale().getStatus().getReplicas()).isEqualTo(5));
        assertThat(selectedPods()).hasSize(5);
    }
}
