package io.chatcluster.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in the status what kept an object from being written. */
final class WriteFailure {
    private WriteFailure() {}

    static @Nullable String describe(WorkflowReconcileResult result) {
        if (!result.erroredDependentsExist()) {
            return null;
        }
        return result.getErroredDependents().entrySet().stream()
                .map(entry -> "%s cannot be written: %s"
                        .formatted(entry.getKey().getClass().getSimpleName(), reason(entry.getValue())))
                .sorted()
                .collect(Collectors.joining(" "));
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
