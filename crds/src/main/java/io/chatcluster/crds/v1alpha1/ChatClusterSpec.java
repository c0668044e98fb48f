package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import org.jspecify.annotations.Nullable;

/** What the chat service is to be. What is absent takes the default that its description states. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!(has(self.replicas) && has(self.autoscaling))",
        fieldPath = ".replicas",
        message =
                "spec.replicas must be absent while spec.autoscaling is set: the autoscaler decides the number of chat pods")
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
        @JsonPropertyDescription(
                "Number of chat pods, 0 to 1000. Absent while autoscaling is set. Default: 2, or as many as there are when autoscaling is taken away.")
        Integer replicas,

        @Nullable
        @JsonPropertyDescription(
                "Lets a HorizontalPodAutoscaler decide the number of chat pods. Default: spec.replicas decides it.")
        AutoscalingSpec autoscaling,

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

        @Nullable
        @JsonPropertyDescription(
                "How the secrets that the operator makes are replaced. Default: when an annotation asks.")
        SecretsSpec secrets,

        @Nullable
        @JsonPropertyDescription(
                "How clients outside of the cluster reach the chat pods. Default: the Service <name>-chat is all there is.")
        IngressSpec ingress,

        @Nullable @JsonPropertyDescription("Where other systems are told of events. Default: nowhere.")
        WebhookSpec webhook,

        @Nullable @JsonPropertyDescription("Where the chat pods' OpenTelemetry traces go. Default: there are none.")
        TracingSpec tracing,

        @Nullable @JsonPropertyDescription("Bounds on what one client may ask for.")
        LimitsSpec limits,

        @Nullable @JsonPropertyDescription("How chat pods are replaced.")
        UpgradeSpec upgrade,

        @Nullable @JsonPropertyDescription("Additions to the chat pods.")
        PodTemplateSpec template) {}
