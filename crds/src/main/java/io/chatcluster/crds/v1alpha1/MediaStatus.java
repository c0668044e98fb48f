package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** The S3 bucket. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MediaStatus(
        @Required @JsonPropertyDescription("Name of the bucket.")
        String bucket,

        @Nullable
        @JsonPropertyDescription(
                "Whether the bucket was ever reachable. If so and it is gone, the operator does not make an empty one in its place.")
        Boolean established,

        @Nullable
        @JsonPropertyDescription(
                "spec.media.provisioning as last carried out. A bucket that is Managed here is no other namespace's to manage.")
        Provisioning provisioning) {}
