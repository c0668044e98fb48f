package io.chatcluster.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
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
        @JsonPropertyDescription(
                "Managed: the operator makes the bucket. External: it is there already. Default: Managed.")
        Provisioning provisioning,

        @Nullable
        @JsonPropertyDescription(
                "What becomes of the bucket when the ChatCluster is deleted: Retain keeps it, Delete deletes it and every attachment. Default: Retain.")
        DeletionPolicy deletionPolicy) {}
