package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How clients outside of the cluster reach the chat pods: by an Ingress, or by an HTTPRoute where gatewayRef is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.gatewayRef) || (!has(self.className) && !has(self.tlsSecretRef) && !has(self.annotations))",
        fieldPath = ".gatewayRef",
        message =
                "spec.ingress.className, spec.ingress.tlsSecretRef and spec.ingress.annotations must be absent while spec.ingress.gatewayRef is set: the Gateway decides them")
@ValidationRule(
        value =
                "!has(self.allowedOrigins) || self.allowedOrigins.all(origin, origin == '*' || origin.matches('^https?://[^/\\\\s]+$'))",
        fieldPath = ".allowedOrigins",
        message =
                "spec.ingress.allowedOrigins must hold origins such as https://app.example.com, without a path, or '*'")
public record IngressSpec(
        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("Host name at which clients reach the chat service, such as chat.example.com.")
        String host,

        @Nullable @Size(min = 1, max = 253) @JsonPropertyDescription("IngressClass. Default: the cluster's default.")
        String className,

        @Nullable
        @JsonPropertyDescription(
                "Secret of type kubernetes.io/tls with the certificate of the host. Default: no TLS, unless the Gateway has it.")
        SecretRef tlsSecretRef,

        @Nullable
        @Size(max = 32)
        @JsonPropertyDescription(
                "Origins, besides the host's own, whose web pages may connect and upload, such as https://app.example.com; '*' allows all. At most 32.")
        List<@Size(min = 1, max = 300) String> allowedOrigins,

        @Nullable
        @Size(max = 32)
        @JsonPropertyDescription("Annotations added to the Ingress, for its controller. At most 32.")
        Map<String, @Size(max = 4096) String> annotations,

        @Nullable
        @JsonPropertyDescription(
                "Gateway to which an HTTPRoute is attached in place of an Ingress. Needs the Gateway API in the cluster.")
        GatewayRef gatewayRef) {}
