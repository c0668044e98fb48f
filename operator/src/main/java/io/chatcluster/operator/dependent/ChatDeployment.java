package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.TreeMap;

/** The chat pods, but for their number: an autoscaler may decide that. */
public final class ChatDeployment extends PlannedResource<Deployment> {
    /** What a leaving pod gets on top of its drain timeout to close what is left. */
    private static final int AFTER_DRAIN_SECONDS = 15;

    public ChatDeployment() {
        super(Deployment.class);
    }

    @Override
    Deployment desired(ClusterPlan plan) {
        return new DeploymentBuilder()
                .withMetadata(metadata(plan, Component.RUNTIME, plan.names().chat()))
                .editMetadata()
                .addToAnnotations(Annotations.REVISION, plan.revision())
                .endMetadata()
                .withNewSpec()
                .withProgressDeadlineSeconds(plan.chat().progressDeadlineSeconds())
                .withRevisionHistoryLimit(5)
                .withNewSelector()
                .withMatchLabels(plan.chatSelector())
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(new IntOrString(0))
                .withMaxSurge(new IntOrString(1))
                .endRollingUpdate()
                .endStrategy()
                .withNewTemplate()
                .withMetadata(podMetadata(plan))
                .withSpec(pod(plan))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static ObjectMeta podMetadata(ClusterPlan plan) {
        var labels = new TreeMap<>(plan.chat().labels());
        labels.putAll(Labels.ofPods(plan.chatSelector()));
        var annotations = new TreeMap<>(plan.chat().annotations());
        annotations.put(Annotations.CONFIG_HASH, plan.chat().configHash());
        if (plan.chat().restartedAt() != null) {
            annotations.put(Annotations.RESTARTED_AT, plan.chat().restartedAt());
        }
        return new ObjectMetaBuilder()
                .withLabels(labels)
                .withAnnotations(annotations)
                .build();
    }

    private static PodSpec pod(ClusterPlan plan) {
        var chat = plan.chat();
        return new PodSpecBuilder()
                .withServiceAccountName(plan.names().chat())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds((long) chat.drainTimeoutSeconds() + AFTER_DRAIN_SECONDS)
                .withSecurityContext(PodSecurity.pod())
                .withContainers(ChatContainer.of(plan))
                .withVolumes(ChatVolumes.volumes(plan))
                .withNodeSelector(chat.nodeSelector())
                .withTolerations(chat.tolerations())
                .withAffinity(chat.affinity())
                .withTopologySpreadConstraints(chat.topologySpreadConstraints())
                .withPriorityClassName(chat.priorityClassName())
                .build();
    }
}
