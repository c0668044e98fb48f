package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator saw last. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ChatClusterStatus(
        @Nullable @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        Long observedGeneration,

        @Nullable
        @JsonPropertyDescription(
                "Accepted, SecretsReady, StorageReady, MediaReady, RedisReady, Available, AutoscalingActive, Progressing, Delivering and Ready, each with a reason and what to do about it.")
        List<Condition> conditions,

        @Nullable @StatusReplicas @JsonPropertyDescription("Chat pods that exist.")
        Integer replicas,

        @Nullable @JsonPropertyDescription("Chat pods that are ready.")
        Integer readyReplicas,

        @Nullable
        @JsonPropertyDescription(
                "Client connections open on all chat pods when they were last asked. Absent when no pod answers.")
        Integer connections,

        @Nullable
        @JsonPropertyDescription(
                "Address of the chat service: of the ingress host where there is one, of the Service within the cluster otherwise.")
        String endpoint,

        @Nullable @LabelSelector @JsonPropertyDescription("Label selector of the chat pods.")
        String selector,

        @Nullable @JsonPropertyDescription("Version of the operator that wrote this status.")
        String version,

        @Nullable @JsonPropertyDescription("The DynamoDB tables.")
        StorageStatus storage,

        @Nullable @JsonPropertyDescription("The S3 bucket. Absent where spec.media is.")
        MediaStatus media,

        @Nullable @JsonPropertyDescription("The Redis tier.")
        RedisStatus redis,

        @Nullable
        @JsonPropertyDescription(
                "How long a canary message takes between the two chat pods where it takes longest (the median of a minute), as the upper bound in milliseconds of the range that it fell in. Absent when nothing was delivered.")
        Integer canaryLatencyMillis,

        @Nullable
        @JsonPropertyDescription("Hash of the newest chat pod template of which all chat pods came up and delivered.")
        String lastGoodRevision) {}
