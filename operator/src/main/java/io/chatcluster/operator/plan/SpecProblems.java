package io.chatcluster.operator.plan;

import static java.util.Objects.requireNonNullElse;

import io.chatcluster.crds.v1alpha1.ChatClusterSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a spec that its schema cannot say. */
final class SpecProblems {
    private static final int BUCKET_NAME_MAX = 63;

    private SpecProblems() {}

    /** Each names a field, what is wrong with it and what it must be. */
    static List<String> of(ChatClusterSpec spec, @Nullable MediaPlan media) {
        var problems = new ArrayList<String>();
        if (media != null && media.bucket().length() > BUCKET_NAME_MAX) {
            problems.add(
                    "spec.media.bucket must be set: the default, %s, is longer than the %d characters of a bucket name."
                            .formatted(media.bucket(), BUCKET_NAME_MAX));
        }
        var resources = spec.template() == null ? null : spec.template().resources();
        if (resources != null) {
            addLimitProblems("spec.template.resources", resources, problems);
            if (spec.autoscaling() != null
                    && !requests(resources).containsKey("cpu")
                    && !limits(resources).containsKey("cpu")) {
                problems.add(
                        "spec.template.resources.requests.cpu must be set while spec.autoscaling is: the autoscaler measures the pods' CPU by it.");
            }
        }
        var managed = spec.redis() == null ? null : spec.redis().managed();
        if (managed != null && managed.resources() != null) {
            addLimitProblems("spec.redis.managed.resources", managed.resources(), problems);
        }
        return problems;
    }

    private static void addLimitProblems(String field, ResourceRequirements resources, List<String> problems) {
        requests(resources).forEach((resource, request) -> {
            var limit = limits(resources).get(resource);
            if (limit != null && request.getNumericalAmount().compareTo(limit.getNumericalAmount()) > 0) {
                problems.add("%s.requests.%s must be at most the limit: %s is more than %s."
                        .formatted(field, resource, request, limit));
            }
        });
    }

    private static Map<String, Quantity> limits(ResourceRequirements resources) {
        return requireNonNullElse(resources.getLimits(), Map.of());
    }

    private static Map<String, Quantity> requests(ResourceRequirements resources) {
        return requireNonNullElse(resources.getRequests(), Map.of());
    }
}
