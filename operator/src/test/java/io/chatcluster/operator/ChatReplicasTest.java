package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.plan.ScalePlan;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sets the number of chat pods, and when nobody may. */
class ChatReplicasTest {
    private static final ScalePlan AUTOSCALED = new ScalePlan.Autoscaled(3, 9, 70, null, null);
    private static final ScalePlan FIXED = new ScalePlan.Fixed(4);
    private static final ScalePlan KEPT = new ScalePlan.Kept();

    private static Deployment deployment(int replicas, @Nullable String owner, @Nullable String asked) {
        var deployment = new DeploymentBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
        var metadata = deployment.getMetadata();
        metadata.getManagedFields().add(field("chatcluster-operator", "f:selector"));
        if (owner != null) {
            metadata.getManagedFields().add(field(owner, "f:replicas"));
        }
        if (asked != null) {
            metadata.setAnnotations(Map.of(Annotations.REPLICAS, asked));
        }
        return deployment;
    }

    private static io.fabric8.kubernetes.api.model.ManagedFieldsEntry field(String manager, String field) {
        var fields = new FieldsV1();
        fields.setAdditionalProperty("f:spec", Map.of(field, Map.of()));
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withFieldsV1(fields)
                .build();
    }

    @Test
    void shouldSetTheNumberOfANewDeployment() {
        assertThat(ChatReplicas.wanted(FIXED, deployment(1, null, null))).isEqualTo(4);
        assertThat(ChatReplicas.wanted(AUTOSCALED, deployment(1, null, null))).isEqualTo(3);
        assertThat(ChatReplicas.wanted(KEPT, deployment(1, null, null))).isEqualTo(2);
    }

    @Test
    void shouldWriteNothingWhereTheNumberIsAsItWasSet() {
        assertThat(ChatReplicas.wanted(FIXED, deployment(4, ChatReplicas.FIELD_MANAGER, "4")))
                .isNull();
        assertThat(ChatReplicas.wanted(KEPT, deployment(7, ChatReplicas.FIELD_MANAGER, "7")))
                .isNull();
    }

    @Test
    void shouldPutBackWhatAnotherHandChanged() {
        assertThat(ChatReplicas.wanted(FIXED, deployment(9, "kubectl", "4"))).isEqualTo(4);
        assertThat(ChatReplicas.wanted(KEPT, deployment(9, "kubectl", "7"))).isEqualTo(7);
        assertThat(ChatReplicas.wanted(KEPT, deployment(9, "kubectl", "many"))).isEqualTo(2);
    }

    @Test
    void shouldLeaveTheNumberToTheAutoscaler() {
        assertThat(ChatReplicas.wanted(AUTOSCALED, deployment(8, "kube-controller-manager", "4")))
                .isNull();
    }

    @Test
    void shouldKeepTheRunningNumberWhenAutoscalingIsSwitchedOn() {
        assertThat(ChatReplicas.wanted(AUTOSCALED, deployment(4, ChatReplicas.FIELD_MANAGER, "4")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kube-controller-manager", "keda"})
    void shouldKeepTheRunningNumberWhenAutoscalingIsSwitchedOff(String autoscaler) {
        assertThat(ChatReplicas.wanted(KEPT, deployment(8, autoscaler, "4"))).isEqualTo(8);
    }

    @Test
    void shouldStartPodsAgainWhenTheSpecNoLongerSaysNone() {
        assertThat(ChatReplicas.wanted(KEPT, deployment(0, ChatReplicas.FIELD_MANAGER, "0")))
                .isEqualTo(2);
    }

    @Test
    void shouldStartPodsForAnAutoscalerThatFindsNone() {
        assertThat(ChatReplicas.wanted(AUTOSCALED, deployment(0, ChatReplicas.FIELD_MANAGER, "0")))
                .isEqualTo(3);
    }
}
