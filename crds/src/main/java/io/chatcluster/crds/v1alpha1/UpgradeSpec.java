package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How chat pods are replaced. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record UpgradeSpec(
        @Nullable
        @Min(1)
        @Max(3600)
        @JsonPropertyDescription(
                "Seconds that a leaving chat pod takes to move its clients to other pods, 1 to 3600. Default: 30.")
        Integer drainTimeoutSeconds,

        @Nullable
        @Min(30)
        @Max(86400)
        @JsonPropertyDescription(
                "Seconds in which a new chat pod must become ready before the rollout counts as stuck, 30 to 86400. Default: 600.")
        Integer progressDeadlineSeconds,

        @Nullable
        @JsonPropertyDescription(
                "Enabled: when new chat pods do not come up, the operator goes back to the last revision that came up and delivered. Disabled: it stops and says so. Default: Enabled.")
        AutomaticRollback automaticRollback) {}
