package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How users prove who they are. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuthSpec(
        @Nullable
        @JsonPropertyDescription(
                "The operator makes a signing key in the Secret <name>-signing-key, with which the application's back end signs its users' tokens.")
        GeneratedAuthSpec generated) {}
