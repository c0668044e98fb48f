package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Identity towards AWS. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AwsSpec(
        @Nullable
        @JsonPropertyDescription(
                "Secret in the ChatCluster's namespace with the keys aws_access_key_id and aws_secret_access_key. Default: what the AWS SDK finds by itself, such as the role of the service account. The role of the node is not among it: chat pods cannot reach the instance metadata.")
        SecretRef credentialsSecretRef,

        @Nullable
        @Size(max = 16)
        @JsonPropertyDescription(
                "Annotations of the chat pods' ServiceAccount, such as eks.amazonaws.com/role-arn. At most 16.")
        Map<String, @Size(max = 2048) String> serviceAccountAnnotations) {}
