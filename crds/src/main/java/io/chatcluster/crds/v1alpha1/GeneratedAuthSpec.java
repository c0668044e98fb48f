package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A signing key that the operator makes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value =
                "!has(self.tokenUrl) || self.tokenUrl.startsWith('/') || (isURL(self.tokenUrl) && url(self.tokenUrl).getScheme() in ['http', 'https'])",
        fieldPath = ".tokenUrl",
        message = "spec.auth.generated.tokenUrl must be an absolute http or https URL, or a path that starts with /")
public record GeneratedAuthSpec(
        @Nullable
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "Where the web page gets a token for a user: it POSTs {\"user\": name} and takes {\"token\": token}. The application that answers must know that the user is who they say. Default: the page asks for a token.")
        String tokenUrl) {}
