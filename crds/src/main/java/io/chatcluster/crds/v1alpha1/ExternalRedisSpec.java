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

/** A Redis tier that somebody else runs. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.caSecretRef) || (has(self.tls) && self.tls)",
        fieldPath = ".caSecretRef",
        message = "spec.redis.external.caSecretRef must be absent unless spec.redis.external.tls is true")
@ValidationRule(
        value =
                "self.endpoints.all(endpoint, int(endpoint.split(':')[1]) >= 1 && int(endpoint.split(':')[1]) <= 65535)",
        fieldPath = ".endpoints",
        message = "spec.redis.external.endpoints must hold ports from 1 to 65535")
@ValidationRule(
        value = "self.endpoints.all(endpoint, self.endpoints.exists_one(other, other == endpoint))",
        fieldPath = ".endpoints",
        message = "spec.redis.external.endpoints must not hold an address twice")
public record ExternalRedisSpec(
        @Required
        @Size(min = 1, max = 32)
        @JsonPropertyDescription(
                "Addresses host:port of independent Redis servers or of the primary endpoint of a replication group, 1 to 32. Each room uses two of them.")
        List<@Pattern("^[^\\s:/]{1,253}:[0-9]{1,5}$") @Size(max = 260) String> endpoints,

        @Nullable
        @JsonPropertyDescription(
                "Secret with the key password and, for a user other than default, the key username. Default: no password.")
        SecretRef credentialsSecretRef,

        @Nullable @JsonPropertyDescription("Whether connections use TLS. Default: false.")
        Boolean tls,

        @Nullable
        @JsonPropertyDescription(
                "Secret whose key ca.crt holds, in PEM, the authorities that sign the servers' certificates. Default: those that the runtime image trusts.")
        SecretRef caSecretRef) {}
