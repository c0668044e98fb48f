package io.chatcluster.operator.dependent;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.metadata.Annotations;
import io.chatcluster.operator.metadata.Component;
import io.chatcluster.operator.plan.ClusterPlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Set;
import java.util.TreeMap;

/** The chat pods, but for their number: an autoscaler may decide that. */
public final class ChatDeployment extends PlannedResource<Deployment> {
    /** How long a new pod must stay ready before an old one is told to go: one that starts and then dies stops there. */
    private static final int STEADY_SECONDS = 5;

    public ChatDeployment() {
        super(Deployment.class);
    }

    @Override
    Deployment desired(ClusterPlan plan) {
        return desired(plan, new Target(ChatTemplate.revision(plan), true, null, Set.of()));
    }

    @Override
    Deployment desired(ClusterPlan plan, Context<ChatCluster> context) {
        return desired(plan, PlanHolder.targetOf(context));
    }

    static Deployment desired(ClusterPlan plan, Target target) {
        var annotations = new TreeMap<String, String>();
        annotations.put(Annotations.REVISION, target.revision().id());
        if (target.failure() != null) {
            annotations.put(Annotations.FAILED_REVISION, target.failure().revision());
            annotations.put(Annotations.FAILURE, target.failure().why());
        }
        return new DeploymentBuilder()
                .withMetadata(metadata(plan, Component.RUNTIME, plan.names().chat()))
                .editMetadata()
                .addToAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withProgressDeadlineSeconds(plan.chat().progressDeadlineSeconds())
                .withMinReadySeconds(STEADY_SECONDS)
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
                .withTemplate(target.revision().template())
                .endSpec()
                .build();
    }
}
