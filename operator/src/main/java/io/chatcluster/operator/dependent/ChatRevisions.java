package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.rollout.Revision;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the chat pods are told, and how to make them again: one ConfigMap for each revision that runs or may be gone back to.
 * None ever changes, so that a pod finds at its next start what it found at its first.
 */
// Of this kind the SDK would otherwise replace the whole object, for which there is no right.
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class ChatRevisions extends PlannedSet<ConfigMap> {
    public ChatRevisions() {
        super(ConfigMap.class, Component.RUNTIME);
    }

    @Override
    Stream<ConfigMap> desired(ClusterPlan plan) {
        var revision = ChatTemplate.revision(plan);
        return Stream.of(keeping(plan, plan.names().chatConfig(revision.id()), revision.data()));
    }

    @Override
    Stream<ConfigMap> desired(ClusterPlan plan, Context<ChatCluster> context) {
        var target = PlanHolder.targetOf(context);
        var name = plan.names().chatConfig(target.revision().id());
        var present = getSecondaryResources(context.getPrimaryResource(), context).values().stream()
                .collect(Collectors.toMap(kept -> kept.getMetadata().getName(), ConfigMap::getData));
        return Stream.concat(Stream.of(name), target.kept().stream())
                .distinct()
                .filter(wanted -> wanted.equals(name) || present.containsKey(wanted))
                .map(wanted -> keeping(
                        plan,
                        wanted,
                        present.containsKey(wanted)
                                ? present.get(wanted)
                                : target.revision().data()));
    }

    @Override
    boolean isMine(ConfigMap object) {
        return super.isMine(object) && Revision.isKeptIn(object);
    }

    private static ConfigMap keeping(ClusterPlan plan, String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withMetadata(PlannedResource.metadata(plan, Component.RUNTIME, name))
                .withImmutable(true)
                .withData(data)
                .build();
    }
}
