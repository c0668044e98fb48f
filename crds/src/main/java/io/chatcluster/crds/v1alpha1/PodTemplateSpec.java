package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Additions to the chat pods. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "!has(self.labels) || self.labels.all(key, !key.startsWith('app.kubernetes.io/') && !key.startsWith('chatcluster.io/'))",
        fieldPath = ".labels",
        message =
                "spec.template.labels must not hold keys under app.kubernetes.io/ or chatcluster.io/: the operator sets them")
@ValidationRule(
        value =
                "!has(self.annotations) || self.annotations.all(key, !key.startsWith('app.kubernetes.io/') && !key.startsWith('chatcluster.io/'))",
        fieldPath = ".annotations",
        message =
                "spec.template.annotations must not hold keys under app.kubernetes.io/ or chatcluster.io/: the operator sets them")
public record PodTemplateSpec(
        @Nullable
        @Size(max = 32)
        @JsonPropertyDescription(
                "Labels added to the chat pods. At most 32; none under app.kubernetes.io/ or chatcluster.io/.")
        Map<String, @Size(max = 63) String> labels,

        @Nullable
        @Size(max = 32)
        @JsonPropertyDescription(
                "Annotations added to the chat pods. At most 32; none under app.kubernetes.io/ or chatcluster.io/.")
        Map<String, @Size(max = 16384) String> annotations,

        @Nullable
        @JsonPropertyDescription(
                "Resources of the chat container. Default: requests of 100m CPU and 256Mi memory, a limit of 512Mi memory.")
        ResourceRequirements resources,

        @Nullable @Size(max = 32) @JsonPropertyDescription("Labels that a node must have to run chat pods. At most 32.")
        Map<String, @Size(max = 63) String> nodeSelector,

        @Nullable @Size(max = 32) @JsonPropertyDescription("Taints that chat pods tolerate. At most 32.")
        List<Toleration> tolerations,

        @Nullable
        @JsonPropertyDescription(
                "Scheduling rules of the chat pods. Default: rather not beside another chat pod of this ChatCluster.")
        Affinity affinity,

        @Nullable
        @Size(max = 8)
        @JsonPropertyDescription(
                "How chat pods spread over zones and nodes. At most 8. Default: evenly over zones and nodes where possible.")
        List<TopologySpreadConstraint> topologySpreadConstraints,

        @Nullable @Size(min = 1, max = 253) @JsonPropertyDescription("PriorityClass of the chat pods.")
        String priorityClassName) {}
