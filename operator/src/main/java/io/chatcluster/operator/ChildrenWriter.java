package io.chatcluster.operator;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.chatcluster.operator.dependent.Comparisons;
import io.chatcluster.operator.dependent.PlanHolder;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.status.PodReports;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Writes the objects of a ChatCluster that differ from its plan. */
@ApplicationScoped
public class ChildrenWriter {
    private final PodReports reports;
    private final ChatReplicas replicas;
    private final EmptiestFirst emptiestFirst;
    private final Comparisons comparisons = new Comparisons();

    ChildrenWriter(PodReports reports, ChatReplicas replicas, EmptiestFirst emptiestFirst) {
        this.reports = reports;
        this.replicas = replicas;
        this.emptiestFirst = emptiestFirst;
    }

    Written write(ClusterPlan plan, Rollouts rollout, Context<ChatCluster> context) {
        var cluster = ResourceID.fromResource(context.getPrimaryResource());
        PlanHolder.hold(context, plan, rollout.target(), comparisons.begin(cluster));
        var before = context.getSecondaryResource(Deployment.class);
        before.ifPresent(deployment -> emptiestFirst.mark(
                plan.scale(), deployment, context.getSecondaryResources(Pod.class), reports.of(cluster)));
        var refusal = before.map(deployment -> refusal(plan, deployment)).orElse(null);
        WorkflowReconcileResult result = null;
        AggregatedOperatorException errors = null;
        try {
            result = context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();
        } catch (AggregatedOperatorException several) {
            errors = several;
        }
        if (before.isEmpty()) {
            refusal = context.getSecondaryResource(Deployment.class)
                    .map(deployment -> refusal(plan, deployment))
                    .orElse(null);
        }
        return new Written(errors == null ? refusal : errors, WriteFailure.describe(plan, result, errors, refusal));
    }

    /** Sets the number of chat pods. Returns what the API server has against it, if anything. */
    private @Nullable KubernetesClientException refusal(ClusterPlan plan, Deployment deployment) {
        try {
            replicas.keep(plan, deployment);
            return null;
        } catch (KubernetesClientException e) {
            return e;
        }
    }

    void forget(ResourceID cluster) {
        comparisons.forget(cluster);
    }
}
