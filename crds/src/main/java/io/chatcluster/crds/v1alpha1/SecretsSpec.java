package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How the secrets that the operator makes are replaced. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "!has(self.rotationDays) || !has(self.signingKeyOverlapHours) || self.rotationDays * 24 >= self.signingKeyOverlapHours",
        fieldPath = ".rotationDays",
        message =
                "spec.secrets.rotationDays must be at least as long as spec.secrets.signingKeyOverlapHours: a rotation begins when the one before it has ended")
public record SecretsSpec(
        @Nullable
        @Min(1)
        @Max(3650)
        @JsonPropertyDescription(
                "Days after which the signing key and the Redis password are rotated unasked, 1 to 3650. Default: only when the annotation chatcluster.io/rotate gets another value.")
        Integer rotationDays,

        @Nullable
        @Min(1)
        @Max(8760)
        @JsonPropertyDescription(
                "Hours for which tokens of the former signing key are accepted after a rotation, 1 to 8760: at least as long as the application's longest token lives. Default: 24.")
        Integer signingKeyOverlapHours) {}
