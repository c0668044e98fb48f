package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** One DynamoDB table as last described. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TableStatus(
        @Required @JsonPropertyDescription("Name of the table.")
        String name,

        @Required
        @JsonPropertyDescription(
                "State that DynamoDB reports, such as CREATING or ACTIVE; MISSING when there is none of that name.")
        String status,

        @Nullable
        @JsonPropertyDescription(
                "Whether the table was ever ACTIVE. If so and it is gone, the operator does not make an empty one in its place.")
        Boolean established) {}
