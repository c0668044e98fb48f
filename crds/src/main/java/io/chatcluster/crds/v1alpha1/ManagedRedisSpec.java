package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/** A Redis tier that the operator runs. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ManagedRedisSpec(
        @Nullable
        @Min(1)
        @Max(16)
        @JsonPropertyDescription(
                "Number of independent Redis servers, 1 to 16. Each room uses two of them, so that with 2 or more the loss of one delays nothing. Default: 2.")
        Integer shards,

        @Nullable
        @JsonPropertyDescription(
                "Resources of each Redis container. Default: requests of 20m CPU and 32Mi memory, a limit of 128Mi memory.")
        ResourceRequirements resources) {}
