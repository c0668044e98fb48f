package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An identity provider that speaks OpenID Connect, such as Keycloak. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "isURL(self.issuer) && url(self.issuer).getScheme() in ['http', 'https']",
        fieldPath = ".issuer",
        message =
                "spec.auth.oidc.issuer must be an absolute http or https URL such as https://id.example.com/realms/shop")
@ValidationRule(
        value = "!has(self.jwksUri) || (isURL(self.jwksUri) && url(self.jwksUri).getScheme() in ['http', 'https'])",
        fieldPath = ".jwksUri",
        message = "spec.auth.oidc.jwksUri must be an absolute http or https URL such as https://id.example.com/keys")
public record OidcSpec(
        @Required
        @Size(min = 1, max = 512)
        @JsonPropertyDescription("http or https URL of the provider, exactly as the tokens' claim iss has it.")
        String issuer,

        @Required
        @Size(min = 1, max = 256)
        @Pattern("^[^\\s]+$")
        @JsonPropertyDescription("What the tokens' claim aud must hold.")
        String audience,

        @Nullable
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "http or https URL of the provider's public keys. Default: what discovery at the issuer says.")
        String jwksUri,

        @Nullable
        @Size(min = 1, max = 64)
        @Pattern("^[A-Za-z0-9_.:/-]+$")
        @JsonPropertyDescription(
                "Claim that identifies the user. It must never change and never pass to another person. Default: sub.")
        String userClaim,

        @Nullable
        @Size(min = 1, max = 10)
        @JsonPropertyDescription("Signature algorithms that tokens may use. Default: RS256 and ES256.")
        List<SignatureAlgorithm> algorithms,

        @Nullable
        @Size(min = 1, max = 256)
        @Pattern("^[^\\s]+$")
        @JsonPropertyDescription(
                "Public client of the provider by which the web page signs users in, with PKCE. Default: the page asks for a token.")
        String webClientId,

        @Nullable
        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
                "What the web page asks the provider for, by webClientId. At most 16. Default: openid.")
        List<@Size(max = 128) @Pattern("^[!#-\\[\\]-~]+$") String> webScopes) {}
