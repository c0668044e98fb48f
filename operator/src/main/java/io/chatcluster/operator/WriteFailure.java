package io.chatcluster.operator;

import io.chatcluster.operator.dependent.ChatRoute;
import io.chatcluster.operator.dependent.ChatScaledObject;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.IngressPlan;
import io.chatcluster.operator.plan.ScalePlan;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in the status what kept an object from being written. */
final class WriteFailure {
    private WriteFailure() {}

    /**
     * Null where nothing failed.
     *
     * @param result of the workflow; null where it ended with errors
     */
    static @Nullable String describe(
            ClusterPlan plan,
            @Nullable WorkflowReconcileResult result,
            @Nullable AggregatedOperatorException errors,
            @Nullable KubernetesClientException replicas) {
        var byDependent = errors == null ? Map.<String, Exception>of() : errors.getAggregatedExceptions();
        var failures = Stream.of(
                        byDependent.entrySet().stream()
                                .map(entry -> describe(simpleName(entry.getKey()), entry.getValue()))
                                .sorted(),
                        Stream.ofNullable(replicas)
                                .map(refusal -> describe("spec.replicas of ChatDeployment", refusal)),
                        Stream.ofNullable(result).flatMap(done -> missingKinds(plan, done)))
                .flatMap(lines -> lines)
                .collect(Collectors.joining(" "));
        return failures.isEmpty() ? null : failures;
    }

    /** A dependent is named by its class unless it has a name of its own. */
    private static String simpleName(String dependent) {
        return dependent.substring(dependent.lastIndexOf('.') + 1);
    }

    private static String describe(String what, Throwable error) {
        return "%s cannot be written: %s".formatted(what, reason(error));
    }

    private static Stream<String> missingKinds(ClusterPlan plan, WorkflowReconcileResult result) {
        var missing = new ArrayList<String>();
        if (plan.ingress() instanceof IngressPlan.ByGateway && !isAmong(result, ChatRoute.class)) {
            missing.add(
                    "spec.ingress.gatewayRef asks for an HTTPRoute, which this cluster does not know: install the Gateway API, or take gatewayRef away to have an Ingress. One that was there before stays until then.");
        }
        if (plan.scale() instanceof ScalePlan.Autoscaled scale
                && scale.keda() != null
                && !isAmong(result, ChatScaledObject.class)) {
            missing.add(
                    "spec.autoscaling.keda asks for a ScaledObject, which this cluster does not know: install KEDA, or take keda away to have a HorizontalPodAutoscaler. One that was there before stays until then.");
        }
        return missing.stream();
    }

    private static boolean isAmong(WorkflowReconcileResult result, Class<?> dependent) {
        return result.getReconciledDependents().stream().anyMatch(dependent::isInstance);
    }

    private static String reason(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException answer && answer.getStatus() != null) {
                return answer.getStatus().getMessage();
            }
        }
        return String.valueOf(error.getMessage());
    }
}
