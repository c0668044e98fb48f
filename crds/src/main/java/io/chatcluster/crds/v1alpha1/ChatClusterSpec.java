package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import org.jspecify.annotations.Nullable;

/** What the chat service is to be. What is absent takes the default that its description states. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ChatClusterSpec(
        @Nullable
        @Size(min = 1, max = 512)
        @Pattern("^[^\\s]+$")
        @JsonPropertyDescription("Container image of the chat pods. Default: the image that ships with the operator.")
        String image,

        @Nullable
        @Min(0)
        @Max(1000)
        @SpecReplicas
        @JsonPropertyDescription("Number of chat pods, 0 to 1000. Default: 2.")
        Integer replicas,

        @Nullable @JsonPropertyDescription("The Redis tier that carries live messages between chat pods.")
        RedisSpec redis,

        @Required @JsonPropertyDescription("The DynamoDB tables that hold rooms, members and messages.")
        DynamoDbSpec dynamodb,

        @Nullable @JsonPropertyDescription("The S3 bucket for attachments. Default: none, and no attachments.")
        MediaSpec media,

        @Nullable @JsonPropertyDescription("How chat pods and the operator identify themselves to AWS.")
        AwsSpec aws,

        @Nullable @JsonPropertyDescription("How users prove who they are. Default: generated.")
        AuthSpec auth,

        @Nullable @JsonPropertyDescription("Bounds on what one client may ask for.")
        LimitsSpec limits,

        @Nullable @JsonPropertyDescription("How chat pods are replaced.")
        UpgradeSpec upgrade,

        @Nullable @JsonPropertyDescription("Additions to the chat pods.")
        PodTemplateSpec template) {}
