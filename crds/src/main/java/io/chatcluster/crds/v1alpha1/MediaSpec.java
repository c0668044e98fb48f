package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The S3 bucket for attachments: where it is and who makes it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.endpoint) || (isURL(self.endpoint) && url(self.endpoint).getScheme() in ['http', 'https'])",
        fieldPath = ".endpoint",
        message =
                "spec.media.endpoint must be an absolute http or https URL such as https://s3.eu-west-1.amazonaws.com")
@ValidationRule(
        value =
                "!(has(self.provisioning) && self.provisioning == 'External' && has(self.deletionPolicy) && self.deletionPolicy == 'Delete')",
        fieldPath = ".deletionPolicy",
        message =
                "spec.media.deletionPolicy must be Retain while spec.media.provisioning is External: the operator deletes only what it made")
@ValidationRule(
        value = "has(self.bucket) == has(oldSelf.bucket) && (!has(self.bucket) || self.bucket == oldSelf.bucket)",
        fieldPath = ".bucket",
        message =
                "spec.media.bucket cannot be set, changed or removed later: the attachments would stay behind in the old bucket")
@ValidationRule(
        value = "has(self.region) == has(oldSelf.region) && (!has(self.region) || self.region == oldSelf.region)",
        fieldPath = ".region",
        message =
                "spec.media.region cannot be set, changed or removed later: the attachments would stay behind in the old region")
@ValidationRule(
        value =
                "!has(self.publicEndpoint) || (isURL(self.publicEndpoint) && url(self.publicEndpoint).getScheme() in ['http', 'https'])",
        fieldPath = ".publicEndpoint",
        message = "spec.media.publicEndpoint must be an absolute http or https URL such as https://files.example.com")
@ValidationRule(
        value = "!has(self.publicEndpoint) || has(self.endpoint)",
        fieldPath = ".publicEndpoint",
        message =
                "spec.media.publicEndpoint must be absent unless spec.media.endpoint is set: AWS has one address for all")
public record MediaSpec(
        @Nullable
        @Size(min = 3, max = 63)
        @Pattern("^[a-z0-9][a-z0-9.-]*[a-z0-9]$")
        @JsonPropertyDescription(
                "Name of the bucket: 3 to 63 lower-case letters, digits, dots and hyphens. Cannot change. Default: <namespace>-<name>-media.")
        String bucket,

        @Nullable
        @Size(min = 1, max = 32)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @JsonPropertyDescription("AWS region of the bucket. Cannot change. Default: spec.dynamodb.region.")
        String region,

        @Nullable
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "http or https URL of S3, which is then addressed with the bucket in the path. Default: the region's own.")
        String endpoint,

        @Nullable
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "http or https URL at which clients reach the S3 that spec.media.endpoint names within the cluster. Uploads and downloads are signed for it. Default: the endpoint.")
        String publicEndpoint,

        @Nullable
        @Min(1)
        @Max(5368709120L)
        @JsonPropertyDescription("Largest attachment in bytes, 1 to 5368709120. Default: 104857600, which is 100 MiB.")
        Long maxObjectBytes,

        @Nullable
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "Content types that attachments may have, in lower case, such as image/png. At most 64. Default: the usual pictures, films, sounds and documents.")
        List<@Size(max = 201) @Pattern("^[a-z0-9.+-]{1,100}/[a-z0-9.+-]{1,100}$") String> allowedContentTypes,

        @Nullable
        @JsonPropertyDescription(
                "Managed: the operator makes the bucket. External: it is there already. Default: Managed.")
        Provisioning provisioning,

        @Nullable
        @JsonPropertyDescription(
                "What becomes of the bucket when the ChatCluster is deleted: Retain keeps it, Delete deletes it and every attachment. Default: Retain.")
        DeletionPolicy deletionPolicy) {}
