package io.chatcluster.operator.dependent;

import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.metadata.Labels;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.Hash;
import io.chatcluster.operator.rollout.Revision;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a chat pod is made from. Any difference here replaces every chat pod there is, at the operator's next upgrade. */
public final class ChatTemplate {
    /** What a leaving pod gets on top of its drain timeout to close what is left. */
    private static final int AFTER_DRAIN_SECONDS = 15;

    private ChatTemplate() {}

    /** The revision of the chat pods that the plan wants. */
    public static Revision revision(ClusterPlan plan) {
        return Revision.of(
                plan.names(),
                plan.chat().properties(),
                plan.chat().serviceAccountAnnotations(),
                settings -> new PodTemplateSpecBuilder()
                        .withMetadata(metadata(plan))
                        .withSpec(pod(plan, settings))
                        .build());
    }

    private static ObjectMeta metadata(ClusterPlan plan) {
        var labels = new TreeMap<>(plan.chat().labels());
        labels.putAll(Labels.ofPods(plan.chatSelector()));
        var annotations = new TreeMap<>(plan.chat().annotations());
        annotations.put(Annotations.CONFIG_HASH, plan.chat().configHash());
        var identity = plan.chat().serviceAccountAnnotations();
        if (!identity.isEmpty()) {
            annotations.put(
                    Annotations.IDENTITY_HASH,
                    Hash.of(identity.entrySet().stream()
                            .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                            .toArray(String[]::new)));
        }
        if (plan.chat().restartedAt() != null) {
            annotations.put(Annotations.RESTARTED_AT, plan.chat().restartedAt());
        }
        return new ObjectMetaBuilder()
                .withLabels(labels)
                .withAnnotations(annotations)
                .build();
    }

    private static PodSpec pod(ClusterPlan plan, String settings) {
        var chat = plan.chat();
        return new PodSpecBuilder()
                .withServiceAccountName(plan.names().chat())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds((long) chat.drainTimeoutSeconds() + AFTER_DRAIN_SECONDS)
                .withSecurityContext(PodSecurity.pod())
                .withContainers(ChatContainer.of(plan))
                .withVolumes(ChatVolumes.volumes(plan, settings))
                .withNodeSelector(chat.nodeSelector())
                .withTolerations(chat.tolerations())
                .withAffinity(chat.affinity())
                .withTopologySpreadConstraints(chat.topologySpreadConstraints())
                .withPriorityClassName(chat.priorityClassName())
                .build();
    }
}
