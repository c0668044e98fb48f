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
import org.jspecify.annotations.Nullable;

/** The DynamoDB tables: where they are and who makes them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.endpoint) || (isURL(self.endpoint) && url(self.endpoint).getScheme() in ['http', 'https'])",
        fieldPath = ".endpoint",
        message =
                "spec.dynamodb.endpoint must be an absolute http or https URL such as https://dynamodb.eu-west-1.amazonaws.com")
@ValidationRule(
        value =
                "!(has(self.provisioning) && self.provisioning == 'External' && has(self.deletionPolicy) && self.deletionPolicy == 'Delete')",
        fieldPath = ".deletionPolicy",
        message =
                "spec.dynamodb.deletionPolicy must be Retain while spec.dynamodb.provisioning is External: the operator deletes only what it made")
@ValidationRule(
        value = "self.region == oldSelf.region",
        fieldPath = ".region",
        message =
                "spec.dynamodb.region cannot change: the messages would stay behind in the old region. Make another ChatCluster instead")
public record DynamoDbSpec(
        @Required
        @Size(min = 1, max = 32)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @JsonPropertyDescription("AWS region of the tables, such as eu-west-1. Cannot change.")
        String region,

        @Nullable
        @Size(min = 1, max = 512)
        @JsonPropertyDescription("http or https URL of DynamoDB. Default: the region's own.")
        String endpoint,

        @Nullable
        @JsonPropertyDescription(
                "Whether the tables keep continuous backups of the last 35 days. Default: true, or false where an endpoint is set, for stand-ins of DynamoDB have no backups.")
        Boolean pointInTimeRecovery,

        @Nullable
        @Min(1)
        @Max(36500)
        @JsonPropertyDescription(
                "Days after which a message may go, and two days later its files, 1 to 36500. A change holds for messages sent from then on: each keeps the date that it was given. Default: messages stay for ever.")
        Integer historyRetentionDays,

        @Nullable
        @JsonPropertyDescription(
                "Managed: the operator makes the tables. External: they are there already, named <namespace>-<name>-messages, -rooms and -members. Default: Managed.")
        Provisioning provisioning,

        @Nullable
        @JsonPropertyDescription(
                "What becomes of the tables when the ChatCluster is deleted: Retain keeps them, and protects them from being deleted by accident; Delete deletes them and every message. Default: Retain.")
        DeletionPolicy deletionPolicy) {}
