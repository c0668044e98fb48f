package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Bounds on what one client may ask for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record LimitsSpec(
        @Nullable
        @Min(256)
        @Max(131072)
        @JsonPropertyDescription("Largest message in bytes of UTF-8, 256 to 131072. Default: 65536.")
        Integer messageBytesMax,

        @Nullable
        @Min(2)
        @Max(100000)
        @JsonPropertyDescription("Most members of one room, 2 to 100000. Default: 10000.")
        Integer roomMembersMax,

        @Nullable
        @Min(1)
        @Max(10000)
        @JsonPropertyDescription(
                "Most messages per second of one connection, and of one user on one chat pod, 1 to 10000. Default: 20.")
        Integer messagesPerSecond,

        @Nullable
        @Min(1)
        @Max(1000)
        @JsonPropertyDescription("Most connections of one user to one chat pod, 1 to 1000. Default: 20.")
        Integer connectionsPerUser) {}
