package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How users prove who they are. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "has(self.oidc) != has(self.generated)",
        fieldPath = "",
        message = "spec.auth must hold exactly one of oidc and generated")
public record AuthSpec(
        @Nullable @JsonPropertyDescription("Tokens come from an identity provider that speaks OpenID Connect.")
        OidcSpec oidc,

        @Nullable
        @JsonPropertyDescription(
                "The operator makes a signing key in the Secret <name>-signing-key, with which the application's back end signs its users' tokens.")
        GeneratedAuthSpec generated) {}
