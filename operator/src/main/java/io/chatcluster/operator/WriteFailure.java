package io.chatcluster.operator;

import io.chatcluster.operator.dependent.ChatRoute;
import io.chatcluster.operator.plan.ClusterPlan;
import io.chatcluster.operator.plan.IngressPlan;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
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
                        Stream.ofNullable(result == null ? null : missingGateway(plan, result)))
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

    private static @Nullable String missingGateway(ClusterPlan plan, WorkflowReconcileResult result) {
        if (!(plan.ingress() instanceof IngressPlan.ByGateway)) {
            return null;
        }
        return result.getReconciledDependents().stream().anyMatch(ChatRoute.class::isInstance)
                ? null
                : "spec.ingress.gatewayRef asks for an HTTPRoute, which this cluster does not know: install the Gateway API, or take gatewayRef away to have an Ingress.";
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
