package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The Redis tier. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "has(self.managed) != has(self.external)",
        fieldPath = "",
        message = "spec.redis must hold exactly one of managed and external")
public record RedisSpec(
        @Nullable
        @JsonPropertyDescription(
                "A Redis tier that the operator runs beside the chat pods. Default: one with 2 shards.")
        ManagedRedisSpec managed,

        @Nullable @JsonPropertyDescription("A Redis tier that somebody else runs, such as ElastiCache.")
        ExternalRedisSpec external) {}
