package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The Redis tier. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RedisStatus(
        @Required @JsonPropertyDescription("Redis servers that there should be.")
        Integer shards,

        @Required @JsonPropertyDescription("Redis servers that are ready.")
        Integer ready) {}
